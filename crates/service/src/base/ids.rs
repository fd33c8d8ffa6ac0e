//! Where ids come from. Operations ask the context; nothing else makes an id.

use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng};

/// A source of lower-case version-4 UUIDs (task-templates 1.1.1): unpredictable in production, repeatable in tests.
#[derive(Clone, Debug)]
pub struct Ids(Source);

#[derive(Clone, Debug)]
enum Source {
    Random,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Ids {
    /// From the thread's cryptographic generator.
    pub fn random() -> Self {
        Self(Source::Random)
    }

    /// The same ids again for the same seed: tests and simulations.
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }

    /// A number from 1 to 100, drawn evenly.
    pub fn percent(&self) -> u8 {
        match &self.0 {
            Source::Random => rand::rng().random_range(1..=100),
            Source::Seeded(rng) => rng.lock().unwrap_or_else(PoisonError::into_inner).random_range(1..=100),
        }
    }

    /// The next id, 36 characters.
    pub fn next(&self) -> String {
        let bytes: [u8; 16] = match &self.0 {
            Source::Random => rand::rng().random(),
            Source::Seeded(rng) => {
                let mut bytes = [0; 16];
                rng.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
                bytes
            }
        };
        uuid::Builder::from_random_bytes(bytes).into_uuid().hyphenated().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r1_1_1_ids_are_lower_case_version_4_uuids() {
        for ids in [Ids::random(), Ids::seeded(7)] {
            let id = ids.next();
            assert_eq!(id.len(), 36);
            assert_eq!(id, id.to_lowercase());
            assert_eq!(&id[14..15], "4");
            assert!("89ab".contains(&id[19..20]));
            assert_ne!(id, ids.next());
        }
        assert_eq!(Ids::seeded(1).next(), Ids::seeded(1).next());
    }
}
