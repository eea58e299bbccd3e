//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011) with the root behind the last word.
//!
//! Invariant: whatever the actions, the end is one tree with one root: only the last word on the stack may hang from the root.

/// No word.
pub const NONE: u32 = u32::MAX;

/// One step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The next word goes onto the stack.
    Shift,
    /// The word on the stack becomes a dependent of the next word.
    Left,
    /// The word on the stack becomes a dependent of the word below it.
    Right,
}

/// What is known of a word while the tree grows.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Its governor; [`NONE`] until it has one. The root's governor is the sentence's length.
    pub head: u32,
    /// The relation, as a number of the parser's labels.
    pub label: u8,
    /// How many dependents stand left, right.
    pub valency: [u8; 2],
    /// Outermost dependents: left, second from the left; right, second from the right.
    pub children: [u32; 4],
    /// Which labels (modulo 64) its dependents have, left and right.
    pub labels: [u64; 2],
}

const FRESH: Node = Node { head: NONE, label: 0, valency: [0; 2], children: [NONE; 4], labels: [0; 2] };

/// A half-read sentence.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Words whose dependents on the left are found.
    pub stack: Vec<u32>,
    /// The next word; the sentence's length = the root.
    pub next: u32,
    /// One a word, and one for the root.
    pub nodes: Vec<Node>,
}

impl State {
    /// Begins a sentence of `length` words.
    pub fn begin(&mut self, length: usize) {
        self.stack.clear();
        self.next = 0;
        self.nodes.clear();
        self.nodes.resize(length + 1, FRESH);
    }

    /// The number of words.
    pub fn len(&self) -> u32 {
        (self.nodes.len() as u32).saturating_sub(1)
    }

    /// Whether the sentence has no words.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether all words have a governor.
    pub fn is_done(&self) -> bool {
        self.next == self.len() && self.stack.is_empty()
    }

    /// The word `depth` below the top of the stack.
    pub fn top(&self, depth: usize) -> u32 {
        if depth < self.stack.len() { self.stack[self.stack.len() - 1 - depth] } else { NONE }
    }

    /// Whether the move leads on.
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.len(),
            Move::Left => !self.stack.is_empty() && (self.next < self.len() || self.stack.len() == 1),
            Move::Right => self.stack.len() >= 2,
        }
    }

    /// Takes the step, which must be allowed.
    pub fn take(&mut self, step: Move, label: u8) {
        match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Move::Left => {
                if let Some(word) = self.stack.pop() {
                    self.attach(word, self.next, label, 0);
                }
            }
            Move::Right => {
                if let Some(word) = self.stack.pop() {
                    self.attach(word, self.top(0), label, 1);
                }
            }
        }
    }

    fn attach(&mut self, word: u32, head: u32, label: u8, side: usize) {
        let node = &mut self.nodes[word as usize];
        (node.head, node.label) = (head, label);
        let Some(head) = self.nodes.get_mut(head as usize) else { return };
        head.valency[side] = head.valency[side].saturating_add(1);
        head.labels[side] |= 1 << (label & 63);
        // The newest dependent is the outermost.
        head.children[side * 2 + 1] = head.children[side * 2];
        head.children[side * 2] = word;
    }

    /// How many gold arcs each move makes impossible: shift, left, right (Goldberg and Nivre 2013).
    /// `gold[i]` is the governor of word `i`, the sentence's length for the root.
    pub fn costs(&self, gold: &[u32]) -> [u32; 3] {
        let next = self.next;
        let mut costs = [0; 3];
        let head_of = |i: u32| gold.get(i as usize).copied().unwrap_or(NONE);
        if next < self.len() {
            for (depth, &word) in self.stack.iter().rev().enumerate() {
                costs[0] += u32::from(head_of(word) == next);
                costs[0] += u32::from(depth > 0 && head_of(next) == word);
            }
        }
        let (s0, s1) = (self.top(0), self.top(1));
        if s0 != NONE {
            let head = head_of(s0);
            let later = (next..self.len()).filter(|&i| head_of(i) == s0).count() as u32;
            // Left: s0 under `next`; lost are its other possible governors and its dependents to come.
            costs[1] = later + u32::from(head == s1 && s1 != NONE || head > next && head <= self.len());
            // Right: s0 under s1.
            costs[2] = later + u32::from(head >= next && head <= self.len());
        }
        costs
    }
}

/// Labels are numbers below this.
pub const MOST_LABELS: usize = 63;

/// An action is a move with a label: 0 is shift, then all labels to the left, then all to the right.
pub fn action(step: Move, label: u8, labels: usize) -> usize {
    match step {
        Move::Shift => 0,
        Move::Left => 1 + label as usize,
        Move::Right => 1 + labels + label as usize,
    }
}

/// The move and label of an action's number.
pub fn decode(action: usize, labels: usize) -> (Move, u8) {
    match action {
        0 => (Move::Shift, 0),
        a if a <= labels => (Move::Left, (a - 1) as u8),
        a => (Move::Right, (a - 1 - labels) as u8),
    }
}
