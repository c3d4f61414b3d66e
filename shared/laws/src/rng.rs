/// Numbers that look random, and are the same in every run: the same data get the same interval.
///
/// This is SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, OOPSLA
/// 2014), whose constants these are.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// Rng that begin at `seed`, any number.
    pub fn new(seed: u64) -> Self {
        Rng(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `end`, each about as likely as the others.
    pub fn below(&mut self, end: usize) -> usize {
        // The high half of the product: a number below `end`, without a division.
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// A number above 0 and at most 1.
    fn unit(&mut self) -> f64 {
        // 53 bits are what an f64 holds.
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.unit().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// The sum of `freedom` squared normal numbers, over `freedom`: how far off a variance may be
    /// that was estimated from so few.
    pub(crate) fn variance_of(&mut self, freedom: usize) -> f64 {
        let squares: f64 = (0..freedom).map(|_| self.normal().powi(2)).sum();
        squares / freedom as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_numbers_have_mean_zero_and_deviation_one() {
        let mut rng = Rng::new(1);
        let numbers: Vec<f64> = (0..100_000).map(|_| rng.normal()).collect();
        let mean = numbers.iter().sum::<f64>() / 1e5;
        let variance = numbers.iter().map(|number| number * number).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.015, "{mean}");
        assert!((variance - 1.0).abs() < 0.02, "{variance}");
    }

    #[test]
    fn every_face_comes_up_about_as_often() {
        let mut rng = Rng::new(2);
        let mut faces = [0; 7];
        for _ in 0..70_000 {
            faces[rng.below(7)] += 1;
        }
        assert!(faces.iter().all(|times| (9_600..10_400).contains(times)), "{faces:?}");
    }
}
