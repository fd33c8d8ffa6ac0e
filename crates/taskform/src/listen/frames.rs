//! The frames of HTTP/2 as they are received, as far as it takes to see whether one is unfinished.
//!
//! The library waits for the rest of a header block without a limit of time, and cannot see an answer to its pings before.

/// Length of a frame's head (RFC 9113, section 4.1).
const HEAD: usize = 9;
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const PUSH_PROMISE: u8 = 5;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;

/// Where in a frame the peer is.
#[derive(Debug, Default)]
pub(super) struct Frames {
    head: [u8; HEAD],
    /// Bytes of the head that were received.
    received: usize,
    /// Bytes of the payload that are missing.
    missing: usize,
    /// Whether the frame holds data, which may come as slowly as a request may take.
    data: bool,
    /// A header block that goes on in the next frame.
    block: bool,
}

impl Frames {
    /// Takes what was received; whether a frame other than data, or a header block, was finished with it.
    pub(super) fn feed(&mut self, mut bytes: &[u8]) -> bool {
        let mut finished = false;
        while !bytes.is_empty() {
            if self.missing > 0 {
                let taken = self.missing.min(bytes.len());
                self.missing -= taken;
                bytes = &bytes[taken..];
            } else {
                let taken = (HEAD - self.received).min(bytes.len());
                self.head[self.received..self.received + taken].copy_from_slice(&bytes[..taken]);
                self.received += taken;
                bytes = &bytes[taken..];
                if self.received < HEAD {
                    return finished;
                }
                self.begin();
            }
            finished |= self.missing == 0 && !self.data && !self.block;
        }
        finished
    }

    /// Whether a header block, or a frame other than data, has begun and not ended.
    pub(super) fn unfinished(&self) -> bool {
        self.block || self.received > 0 || (self.missing > 0 && !self.data)
    }

    fn begin(&mut self) {
        let [a, b, c, kind, flags, ..] = self.head;
        self.received = 0;
        self.missing = usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c);
        self.data = kind == DATA;
        if matches!(kind, HEADERS | PUSH_PROMISE | CONTINUATION) {
            self.block = flags & END_HEADERS == 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(kind: u8, flags: u8, len: u8) -> Vec<u8> {
        let mut frame = vec![0, 0, len, kind, flags, 0, 0, 0, 1];
        frame.resize(HEAD + usize::from(len), 7);
        frame
    }

    #[test]
    fn sees_what_is_unfinished_wherever_it_is_cut() {
        let whole =
            [frame(4, 0, 0), frame(HEADERS, 0, 5), frame(CONTINUATION, END_HEADERS, 3), frame(DATA, 1, 4)].concat();
        // Between frames and within data, nothing is unfinished; within the block everything is, also between its frames.
        let data = whole.len() - 4;
        for cut in 0..=whole.len() {
            let mut frames = Frames::default();
            frames.feed(&whole[..cut]);
            let expected = !matches!(cut, 0 | 9 | 35) && cut < data;
            assert_eq!(frames.unfinished(), expected, "{cut}");
            frames.feed(&whole[cut..]);
            assert!(!frames.unfinished(), "{cut}");
        }
    }

    #[test]
    fn says_when_something_was_finished() {
        let mut frames = Frames::default();
        assert!(frames.feed(&frame(HEADERS, END_HEADERS, 9)));
        assert!(!frames.feed(&frame(HEADERS, 0, 9)));
        assert!(!frames.feed(&frame(CONTINUATION, 0, 9)));
        assert!(frames.feed(&frame(CONTINUATION, END_HEADERS, 9)));
        assert!(!frames.feed(&frame(DATA, 0, 9)));
    }
}
