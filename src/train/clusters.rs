//! Word classes by exchange (Kneser and Ney 1993; Martin, Liermann and Ney 1998): each word goes to the class that makes
//! the text's pairs of neighbouring classes most likely.
//!
//! Invariant: the result depends on the sentences alone.

/// Classes 0..`classes` for words 0..`words`; words are numbered by falling frequency.
pub fn cluster(sentences: &[Vec<u32>], words: usize, classes: usize, rounds: usize) -> Vec<u16> {
    Exchange::new(sentences, words, classes).run(rounds)
}

/// A word's neighbours: `(word, how often)`.
type Neighbours = Vec<Vec<(u32, u32)>>;

struct Exchange {
    /// Classes and one for the sentence's edge.
    width: usize,
    class: Vec<u16>,
    pairs: Vec<u32>,
    sizes: Vec<u64>,
    after: Neighbours,
    before: Neighbours,
    count: Vec<u32>,
    logs: Vec<f64>,
}

/// `x ln x`, from a table where it is small.
fn weigh(logs: &[f64], x: u64) -> f64 {
    logs.get(x as usize).copied().unwrap_or_else(|| x as f64 * (x as f64).ln())
}

impl Exchange {
    fn new(sentences: &[Vec<u32>], words: usize, classes: usize) -> Exchange {
        let edge = words as u32;
        let mut bigrams: Vec<(u32, u32)> = Vec::new();
        for sentence in sentences {
            let mut last = edge;
            for &word in sentence.iter().chain([&edge]) {
                bigrams.push((last, word));
                last = word;
            }
        }
        bigrams.sort_unstable();
        let mut after: Neighbours = vec![Vec::new(); words + 1];
        let mut before: Neighbours = vec![Vec::new(); words + 1];
        for run in bigrams.chunk_by(|a, b| a == b) {
            let (left, right) = run[0];
            after[left as usize].push((right, run.len() as u32));
            before[right as usize].push((left, run.len() as u32));
        }
        let width = classes + 1;
        let class: Vec<u16> = (0..words).map(|w| (w % classes) as u16).chain([classes as u16]).collect();
        let mut exchange = Exchange {
            width,
            pairs: vec![0; width * width],
            sizes: vec![0; width],
            count: after.iter().map(|list| list.iter().map(|n| n.1).sum()).collect(),
            class,
            after,
            before,
            logs: (0..1 << 16).map(|x| if x == 0 { 0.0 } else { f64::from(x) * f64::from(x).ln() }).collect(),
        };
        for word in 0..=words {
            let own = exchange.class[word] as usize;
            exchange.sizes[own] += u64::from(exchange.count[word]);
            for &(right, n) in &exchange.after[word] {
                exchange.pairs[own * width + exchange.class[right as usize] as usize] += n;
            }
        }
        exchange
    }

    fn run(mut self, rounds: usize) -> Vec<u16> {
        let words = self.class.len() - 1;
        let mut right = vec![0u32; self.width];
        let mut left = vec![0u32; self.width];
        for _ in 0..rounds {
            let mut moved = 0;
            for word in 0..words {
                moved += usize::from(self.place(word, &mut right, &mut left));
            }
            if moved * 500 < words {
                break;
            }
        }
        self.class.truncate(words);
        self.class
    }

    /// Moves one word to its best class; whether it moved.
    fn place(&mut self, word: usize, right: &mut [u32], left: &mut [u32]) -> bool {
        let width = self.width;
        let (mut rights, mut lefts): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut own = 0u32;
        for &(other, n) in &self.after[word] {
            if other as usize == word {
                own += n;
                continue;
            }
            let class = self.class[other as usize] as usize;
            if right[class] == 0 {
                rights.push(class);
            }
            right[class] += n;
        }
        for &(other, n) in &self.before[word] {
            if other as usize == word {
                continue;
            }
            let class = self.class[other as usize] as usize;
            if left[class] == 0 {
                lefts.push(class);
            }
            left[class] += n;
        }
        let old = self.class[word] as usize;
        self.shift(old, &rights, &lefts, right, left, own, self.count[word], false);
        let (mut best, mut highest) = (old, f64::MIN);
        for class in 0..width - 1 {
            let mut gain = 0.0;
            let row = &self.pairs[class * width..(class + 1) * width];
            let mut middle = u64::from(own);
            for &other in &rights {
                if other == class {
                    middle += u64::from(right[other]);
                    continue;
                }
                let now = u64::from(row[other]);
                gain += weigh(&self.logs, now + u64::from(right[other])) - weigh(&self.logs, now);
            }
            for &other in &lefts {
                if other == class {
                    middle += u64::from(left[other]);
                    continue;
                }
                let now = u64::from(self.pairs[other * width + class]);
                gain += weigh(&self.logs, now + u64::from(left[other])) - weigh(&self.logs, now);
            }
            let now = u64::from(row[class]);
            gain += weigh(&self.logs, now + middle) - weigh(&self.logs, now);
            let size = self.sizes[class];
            gain -= 2.0 * (weigh(&self.logs, size + u64::from(self.count[word])) - weigh(&self.logs, size));
            if gain > highest {
                (best, highest) = (class, gain);
            }
        }
        self.shift(best, &rights, &lefts, right, left, own, self.count[word], true);
        self.class[word] = best as u16;
        rights.iter().for_each(|&class| right[class] = 0);
        lefts.iter().for_each(|&class| left[class] = 0);
        best != old
    }

    /// Adds a word's pairs to a class, or takes them away.
    #[allow(clippy::too_many_arguments)]
    fn shift(
        &mut self,
        class: usize,
        rights: &[usize],
        lefts: &[usize],
        right: &[u32],
        left: &[u32],
        own: u32,
        count: u32,
        add: bool,
    ) {
        let width = self.width;
        let mut change = |at: usize, n: u32| {
            let cell = &mut self.pairs[at];
            *cell = if add { *cell + n } else { *cell - n };
        };
        rights.iter().for_each(|&other| change(class * width + other, right[other]));
        lefts.iter().for_each(|&other| change(other * width + class, left[other]));
        change(class * width + class, own);
        let size = &mut self.sizes[class];
        *size = if add { *size + u64::from(count) } else { *size - u64::from(count) };
    }
}
