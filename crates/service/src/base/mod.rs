//! The foundation of every operation.

pub(crate) mod access;
pub(crate) mod call;
pub(crate) mod caller;
pub(crate) mod client_token;
pub(crate) mod commit;
pub(crate) mod cx;
pub(crate) mod decode;
pub(crate) mod denial;
pub(crate) mod error;
pub(crate) mod function;
pub(crate) mod ids;
pub(crate) mod locks;
pub(crate) mod notifier;
pub(crate) mod page;
pub(crate) mod quota;
pub(crate) mod routing;
pub(crate) mod scope;
pub(crate) mod service;
pub(crate) mod settings;
pub(crate) mod supervise;
pub(crate) mod tags;
