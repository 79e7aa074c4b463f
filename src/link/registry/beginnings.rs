//! With which bytes names begin: most words of a text begin with none of them.

/// How many bytes of a name are looked at.
const LEN: usize = 4;

/// As many bits as a million names leave some of unset; 32 KiB.
const BITS: u32 = 18;

/// The first bytes of names as a set that may say yes where the answer is no: one look
/// at a bit in place of a walk through the automaton.
#[derive(Clone, Debug)]
pub(super) struct Beginnings {
    bits: Box<[u64]>,
    /// The same for names that are shorter.
    has_short: bool,
}

impl Beginnings {
    /// Of some names.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a [u8]>) -> Beginnings {
        let mut bits = vec![0; 1 << (BITS - 6)].into_boxed_slice();
        let mut has_short = false;
        for name in names {
            for len in 1..=LEN.min(name.len()) {
                let is_all = len == LEN || len == name.len();
                if is_all {
                    let (word, bit) = place(&name[..len]);
                    bits[word] |= bit;
                    has_short |= len < LEN;
                }
            }
        }
        Beginnings { bits, has_short }
    }

    /// Whether a name may begin where a text does.
    pub(super) fn may_begin(&self, text: &[u8]) -> bool {
        let has = |len: usize| {
            text.get(..len).is_some_and(|it| {
                let (word, bit) = place(it);
                self.bits[word] & bit != 0
            })
        };
        has(LEN) || self.has_short && (1..LEN).rev().any(has)
    }
}

/// The bit of up to four bytes.
fn place(bytes: &[u8]) -> (usize, u64) {
    let mut all = [0; LEN];
    all[..bytes.len()].copy_from_slice(bytes);
    // Multiplied by the golden ratio the high bits depend on all of them (Knuth, 6.4).
    let hash = u32::from_le_bytes(all).wrapping_mul(0x9E37_79B1) >> (32 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_with_a_name_may_do_so() {
        let names = ["us", "norwick", "ahc", "ö"];
        let beginnings = Beginnings::of(names.iter().map(|it| it.as_bytes()));
        for text in ["us", "us army", "norwick", "norw", "ahc", "ahcx", "ös", "ö"] {
            assert!(beginnings.may_begin(text.as_bytes()), "{text}");
        }
        let others = ["", "u", "nor", "then", "a", "of the", "said", "ä", "harbor"];
        let n_wrong = others.iter().filter(|it| beginnings.may_begin(it.as_bytes()));
        assert_eq!(n_wrong.count(), 0);
        assert!(!Beginnings::of([].into_iter()).may_begin(b"norwick"));
    }
}
