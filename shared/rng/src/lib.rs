//! Numbers that look random: the same seed gives the same ones on every machine.

#![warn(missing_docs)]

/// A pseudo-random generator.
///
/// This is SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, OOPSLA
/// 2014), whose constants these are. It is quick and small, and no secret is safe with it.
///
/// ```
/// use rng::Rng;
/// let mut rows = ["scoped", "spawned", "pool"];
/// Rng::new(7).shuffle(&mut rows);
/// let mut again = ["scoped", "spawned", "pool"];
/// Rng::new(7).shuffle(&mut again);
/// assert_eq!(rows, again);
/// ```
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// A generator that begins at `seed`, any number.
    pub fn new(seed: u64) -> Self {
        Rng(seed)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `end`, each about as likely as the others.
    pub fn below(&mut self, end: usize) -> usize {
        // The high half of the product: a number below `end`, without a division.
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A number above 0 and at most 1.
    fn unit(&mut self) -> f64 {
        // 53 bits are what an f64 holds.
        ((self.bits() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.unit().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Brings `items` into a random order, each order about as likely as the others (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
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
    fn every_order_comes_up_about_as_often() {
        let mut rng = Rng::new(3);
        let mut orders = std::collections::BTreeMap::new();
        for _ in 0..60_000 {
            let mut cards = [0, 1, 2];
            rng.shuffle(&mut cards);
            *orders.entry(cards).or_insert(0) += 1;
        }
        assert_eq!(orders.len(), 6);
        assert!(orders.values().all(|times| (9_600..10_400).contains(times)), "{orders:?}");
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
