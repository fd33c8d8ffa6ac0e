//! Cache of parsed contents of flows and modules, bounded in bytes. Contents never change (flows 1.14), so the cache is
//! never stale.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use engine::flow::document::Document;

/// Maximum size of the parsed contents, in bytes as [`cost`] counts them.
const BYTES_MAX: usize = 64 << 20;
/// A parsed content takes up to about this many times the bytes of its text: values and maps have overheads.
const BYTES_PER_BYTE: usize = 4;
/// Overhead of an entry: key, map, counters.
const BYTES_EACH: usize = 512;
/// Cached ids of default queue flows, one for each instance; beyond this, all are dropped and read again.
const QUEUE_FLOWS_MAX: usize = 512;

/// Parsed contents by instance and hash. And the default queue flow of each instance.
#[derive(Debug, Default)]
pub(crate) struct DocumentCache {
    documents: Mutex<Documents>,
    queue_flows: Mutex<HashMap<String, String>>,
}

#[derive(Debug, Default)]
struct Documents {
    by_key: HashMap<String, (Arc<Document>, usize)>,
    bytes: usize,
}

impl DocumentCache {
    /// The content with that hash, if it is cached.
    pub(crate) fn document(&self, instance: &str, sha256: &str) -> Option<Arc<Document>> {
        let documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        documents.by_key.get(&key(instance, sha256)).map(|(document, _)| Arc::clone(document))
    }

    /// Caches a content whose text has `text_bytes`; evicts others when it needs space.
    pub(crate) fn keep(&self, instance: &str, sha256: &str, document: &Arc<Document>, text_bytes: usize) {
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        documents.keep(key(instance, sha256), document, cost(text_bytes), BYTES_MAX);
    }

    /// The id of the default queue flow of an instance, if it is known.
    pub(crate) fn queue_flow(&self, instance: &str) -> Option<String> {
        self.queue_flows.lock().unwrap_or_else(PoisonError::into_inner).get(instance).cloned()
    }

    /// Remembers it.
    pub(crate) fn keep_queue_flow(&self, instance: &str, id: &str) {
        let mut known = self.queue_flows.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= QUEUE_FLOWS_MAX {
            known.clear();
        }
        known.insert(instance.to_owned(), id.to_owned());
    }
}

impl Documents {
    fn keep(&mut self, key: String, document: &Arc<Document>, bytes: usize, max: usize) {
        if bytes > max {
            return;
        }
        if let Some((_, before)) = self.by_key.remove(&key) {
            self.bytes -= before;
        }
        while self.bytes + bytes > max
            && let Some(any) = self.by_key.keys().next().cloned()
        {
            self.bytes -= self.by_key.remove(&any).map_or(0, |(_, bytes)| bytes);
        }
        self.by_key.insert(key, (Arc::clone(document), bytes));
        self.bytes += bytes;
    }
}

fn key(instance: &str, sha256: &str) -> String {
    [instance, "/", sha256].concat()
}

fn cost(text_bytes: usize) -> usize {
    text_bytes.saturating_mul(BYTES_PER_BYTE).saturating_add(BYTES_EACH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parsed_contents_are_bounded_in_bytes() {
        let text = r#"{"StartAction": "e", "Actions": [{"Identifier": "e", "Type": "DisconnectParticipant"}]}"#;
        let document = Arc::new(Document::parse(text).expect("a document"));
        let mut documents = Documents::default();
        for (n, bytes) in [400, 400, 300, 400, 1_000, 100].into_iter().enumerate() {
            documents.keep(n.to_string(), &document, bytes, 1_000);
            assert!(documents.by_key.contains_key(&n.to_string()), "the newest is kept");
            let sum: usize = documents.by_key.values().map(|(_, bytes)| bytes).sum();
            assert_eq!(documents.bytes, sum);
            assert!(sum <= 1_000, "{sum}");
        }
        documents.keep("5".to_owned(), &document, 200, 1_000);
        assert_eq!(documents.bytes, 200, "the same again replaces itself");
        documents.keep("large".to_owned(), &document, 1_001, 1_000);
        assert_eq!(documents.by_key.len(), 1, "what can never fit drives nothing out");
        // The largest contents, counted as they are kept.
        let cache = DocumentCache::default();
        for n in 0..200 {
            cache.keep("i", &n.to_string(), &document, 256_000);
        }
        let kept = (0..200).filter(|n| cache.document("i", &n.to_string()).is_some()).count();
        assert_eq!(kept, BYTES_MAX / cost(256_000));
    }
}
