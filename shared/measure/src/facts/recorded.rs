//! Answers of real machines, and where they were published. What is made out of such answers, or out of
//! what a maker publishes, says so.

use std::fmt::Write;

/// Files by their paths, as a system that is read.
pub(crate) fn files(files: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> + use<> {
    let files: Vec<(String, String)> =
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    move |path| files.iter().find(|(name, _)| name == path).map(|(_, text)| text.clone())
}

/// `/proc/cpuinfo` of so many hardware threads, which all say the same.
pub(crate) fn cpuinfo(threads: usize, lines: &str, end: &str) -> String {
    let mut text = String::new();
    for thread in 0..threads {
        let _ = writeln!(text, "processor\t: {thread}\n{lines}");
    }
    text + end
}

/// A Raspberry Pi 4B, 64 bits: fastfetch-cli/fastfetch#1529.
pub(crate) const RASPBERRY_PI_4: (&str, &str) = (
    "BogoMIPS        : 108.00\n\
     Features        : fp asimd evtstrm crc32 cpuid\n\
     CPU implementer : 0x41\n\
     CPU architecture: 8\n\
     CPU variant     : 0x0\n\
     CPU part        : 0xd08\n\
     CPU revision    : 3\n",
    "Revision        : d03115\n\
     Model           : Raspberry Pi 4 Model B Rev 1.5\n",
);

/// The same board under a kernel of 32 bits: hrw/arm-socs-table#31.
pub(crate) const RASPBERRY_PI_4_OF_32_BITS: (&str, &str) = (
    "model name\t: ARMv7 Processor rev 3 (v7l)\n\
     BogoMIPS\t: 108.00\n\
     Features\t: half thumb fastmult vfp edsp neon vfpv3 tls vfpv4 idiva idivt vfpd32 lpae evtstrm crc32 \n\
     CPU implementer\t: 0x41\n\
     CPU architecture: 7\n\
     CPU variant\t: 0x0\n\
     CPU part\t: 0xd08\n\
     CPU revision\t: 3\n",
    "Hardware\t: BCM2711\n\
     Revision\t: c03112\n",
);

/// The caches of a BCM2837, that of a Raspberry Pi 3: what `lscpu -C` shows in raspberrypi/linux#4751, in the files
/// out of which it reads them.
pub(crate) const CACHES_OF_A_BCM2837: [(&str, &str); 10] = [
    ("sys/devices/system/cpu/cpu0/cache/index0/level", "1\n"),
    ("sys/devices/system/cpu/cpu0/cache/index0/type", "Data\n"),
    ("sys/devices/system/cpu/cpu0/cache/index0/size", "32K\n"),
    ("sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size", "64\n"),
    ("sys/devices/system/cpu/cpu0/cache/index1/level", "1\n"),
    ("sys/devices/system/cpu/cpu0/cache/index1/type", "Instruction\n"),
    ("sys/devices/system/cpu/cpu0/cache/index1/size", "32K\n"),
    ("sys/devices/system/cpu/cpu0/cache/index2/level", "2\n"),
    ("sys/devices/system/cpu/cpu0/cache/index2/type", "Unified\n"),
    ("sys/devices/system/cpu/cpu0/cache/index2/size", "512K\n"),
];

/// A Graviton 2 of 64 cores: archspec/archspec-json#41. It has no name there, and lists no caches.
pub(crate) const GRAVITON_2: &str = "BogoMIPS\t: 50.00\n\
     Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp ssbs\n\
     CPU implementer\t: 0x41\n\
     CPU architecture: 8\n\
     CPU variant\t: 0x3\n\
     CPU part\t: 0xd0c\n\
     CPU revision\t: 1\n";

/// A laptop's Core i7-1360P under WSL 2, which shows 16 threads of 8 cores where there are 4 and 8: some lines out of
/// fastfetch-cli/fastfetch#1529.
pub(crate) const WSL_2: &str = "vendor_id       : GenuineIntel\n\
     cpu family      : 6\n\
     model           : 186\n\
     model name      : 13th Gen Intel(R) Core(TM) i7-1360P\n\
     microcode       : 0xffffffff\n\
     cache size      : 18432 KB\n\
     physical id     : 0\n\
     siblings        : 16\n\
     core id         : 0\n\
     cpu cores       : 8\n";

/// A MacBook Pro with an M3 Max: lines of `sysctl hw` in the article 61164dccbb472682e3df of qiita.com.
pub(crate) const M3_MAX: &str = "hw.ncpu: 16\n\
     hw.memsize: 137438953472\n\
     hw.perflevel1.physicalcpu: 4\n\
     hw.perflevel1.logicalcpu: 4\n\
     hw.perflevel1.l1icachesize: 131072\n\
     hw.perflevel1.l1dcachesize: 65536\n\
     hw.perflevel1.l2cachesize: 4194304\n\
     hw.perflevel1.cpusperl2: 4\n\
     hw.perflevel1.name: Efficiency\n\
     hw.perflevel0.physicalcpu: 12\n\
     hw.perflevel0.logicalcpu: 12\n\
     hw.perflevel0.l1icachesize: 196608\n\
     hw.perflevel0.l1dcachesize: 131072\n\
     hw.perflevel0.l2cachesize: 16777216\n\
     hw.perflevel0.cpusperl2: 6\n\
     hw.perflevel0.name: Performance\n\
     hw.physicalcpu: 16\n\
     hw.logicalcpu: 16\n\
     hw.cacheconfig: 16 1 4 0 0 0 0 0 0 0\n\
     hw.cachelinesize: 128\n\
     hw.l1icachesize: 131072\n\
     hw.l1dcachesize: 65536\n\
     hw.l2cachesize: 4194304\n\
     hw.nperflevels: 2\n";

/// An older Mac with an M1 Pro, whose kinds of cores have no names yet: lines of `sysctl -a` in Dr-Noob/cpufetch#139.
pub(crate) const M1_PRO: &str = "hw.ncpu: 10\n\
     hw.perflevel1.l1dcachesize: 65536\n\
     hw.perflevel1.l2cachesize: 4194304\n\
     hw.perflevel1.logicalcpu: 2\n\
     hw.perflevel1.physicalcpu: 2\n\
     hw.perflevel0.l1dcachesize: 131072\n\
     hw.perflevel0.l2cachesize: 12582912\n\
     hw.perflevel0.logicalcpu: 8\n\
     hw.perflevel0.physicalcpu: 8\n";
