//! Routing, tested: the rules one by one, and random worlds against a reference that looks at everything.

mod random;
mod rules;
mod world;
