//! Counting and what counts are worth: precision, recall, F1, and how sure we may be of them.

use serde::{Deserialize, Serialize};

/// How many are right, how many were given, how many were wanted. An accuracy has `given == wanted`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Given and wanted.
    pub right: u32,
    /// Given by the coder.
    pub given: u32,
    /// Wanted by the gold.
    pub wanted: u32,
}

impl Count {
    /// One decision of which the gold wants exactly one answer.
    pub fn decision(right: bool) -> Count {
        Count { right: right as u32, given: 1, wanted: 1 }
    }

    /// right / given, 0..1; 0 where nothing was given.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.given)
    }

    /// right / wanted, 0..1; 0 where nothing was wanted.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.wanted)
    }

    /// The harmonic mean of both, 0..1; for accuracies the accuracy itself.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.given + self.wanted)
    }
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.right += other.right;
        self.given += other.given;
        self.wanted += other.wanted;
    }
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Count>>(counts: I) -> Count {
        counts.fold(Count::default(), |mut sum, count| {
            sum += count;
            sum
        })
    }
}

/// The 95 % interval of `statistic` over items drawn with replacement, 1,000 times from a fixed seed; statistics are 0..1.
pub fn bootstrap(items: usize, statistic: impl Fn(&[usize]) -> f64) -> (f64, f64) {
    const DRAWS: usize = 1_000;
    if items == 0 {
        return (0.0, 0.0);
    }
    let mut random = Random(0x00de_3a7c_4e00);
    let mut sample = vec![0; items];
    let mut values: Vec<f64> = (0..DRAWS)
        .map(|_| {
            sample.fill_with(|| random.below(items));
            statistic(&sample)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    (values[DRAWS * 25 / 1000], values[DRAWS * 975 / 1000 - 1])
}

/// SplitMix64: small, seeded, the same everywhere.
pub struct Random(pub u64);

impl Random {
    /// A number below `bound`, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_holds_the_value_and_narrows_with_more_items() {
        let interval = |n: usize| {
            bootstrap(n, |sample| sample.iter().filter(|&&i| i % 4 != 0).count() as f64 / sample.len() as f64)
        };
        let (low, high) = interval(40);
        assert!(low < 0.75 && 0.75 < high);
        let (narrow_low, narrow_high) = interval(4000);
        assert!(narrow_high - narrow_low < high - low);
    }

    #[test]
    fn f1_of_nothing_is_zero() {
        assert_eq!(Count::default().f1(), 0.0);
        assert_eq!(Count { right: 1, given: 2, wanted: 1 }.f1(), 2.0 / 3.0);
    }
}
