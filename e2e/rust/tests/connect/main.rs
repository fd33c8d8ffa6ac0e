//! Every operation with aws-sdk-connect: answers, typed exceptions, retries.

mod errors;
mod flows;
mod operations;
mod retries;
mod tasks;
mod team;
