//! Minutes of one day, as sets of windows.

/// Minutes of a day.
pub(super) const DAY: u16 = 24 * 60;

/// Part of a day: from minute `start` to before minute `end`, both counted from midnight; `end` is at most 1,440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// First minute.
    pub start: u16,
    /// First minute behind it.
    pub end: u16,
}

impl Window {
    /// The whole day.
    pub(super) const WHOLE_DAY: Self = Self { start: 0, end: DAY };
}

/// A set of minutes of one day, as the fewest windows that hold them, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Minutes(Vec<Window>);

impl Minutes {
    /// All minutes that a window holds.
    pub(super) fn of(windows: impl IntoIterator<Item = Window>) -> Self {
        let mut all: Vec<Window> = windows.into_iter().filter(|window| window.start < window.end).collect();
        all.sort_unstable();
        let mut merged: Vec<Window> = Vec::with_capacity(all.len());
        for window in all {
            match merged.last_mut() {
                Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
                _ => merged.push(window),
            }
        }
        Self(merged)
    }

    /// The windows, none of which touch.
    pub fn windows(&self) -> &[Window] {
        &self.0
    }

    /// The same, taken out.
    pub(super) fn into_windows(self) -> Vec<Window> {
        self.0
    }

    /// Whether this minute of the day is among them.
    pub fn contains(&self, minute: u16) -> bool {
        self.0.iter().any(|window| (window.start..window.end).contains(&minute))
    }

    /// These and those.
    pub(super) fn and(&self, others: &Self) -> Self {
        Self::of(self.0.iter().chain(&others.0).copied())
    }

    /// These without those.
    pub(super) fn without(&self, others: &Self) -> Self {
        let mut left = self.0.clone();
        for gone in &others.0 {
            let cut = |window: Window| {
                let before = Window { start: window.start, end: window.end.min(gone.start) };
                let behind = Window { start: window.start.max(gone.end), end: window.end };
                [before, behind]
            };
            left = left.into_iter().flat_map(cut).filter(|window| window.start < window.end).collect();
        }
        Self(left)
    }
}
