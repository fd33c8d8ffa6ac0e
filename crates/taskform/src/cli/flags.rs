//! Flags made from the list of settings, so that no setting can be without one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::builder::{ArgAction, UnknownArgumentValueParser};
use clap::{Arg, ArgMatches, Command};

use crate::settings::{Given, Kind, SPECS, Settings, SettingsError, Spec, Values, process_environment};

/// Every setting.
#[derive(Debug, Default)]
pub(super) struct AllFlags(Flags);

/// The settings that a command needs that only opens the store.
#[derive(Debug, Default)]
pub(super) struct StoreFlags(Flags);

#[derive(Debug, Default)]
struct Flags {
    given: BTreeMap<&'static str, String>,
    file: Option<PathBuf>,
}

impl Flags {
    fn read(matches: &ArgMatches) -> Self {
        let mut flags = Self { given: BTreeMap::new(), file: matches.get_one::<PathBuf>("config").cloned() };
        for spec in SPECS {
            if let Ok(Some(text)) = matches.try_get_one::<String>(spec.key) {
                flags.given.insert(spec.key, text.clone());
            }
        }
        flags
    }

    fn settings(&self) -> Result<(Values, Settings), SettingsError> {
        let given = Given { flags: self.given.clone(), environment: process_environment(), file: self.file.clone() };
        let values = Values::gather(&given)?;
        let settings = Settings::build(&values, &given)?;
        Ok((values, settings))
    }
}

macro_rules! flags {
    ($name:ident, $filter:expr, shown: $shown:expr, more: $more:expr) => {
        impl $name {
            /// Flags, environment and file together.
            pub(super) fn settings(&self) -> Result<(Values, Settings), SettingsError> {
                self.0.settings()
            }
        }

        impl clap::FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                Ok(Self(Flags::read(matches)))
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                self.0 = Flags::read(matches);
                Ok(())
            }
        }

        impl clap::Args for $name {
            fn augment_args(command: Command) -> Command {
                SPECS.iter().filter($filter).fold(command.arg(config()).args($more), |command, spec| {
                    let is_shown: fn(&&Spec) -> bool = $shown;
                    command.arg(arg(spec).hide(!is_shown(&spec)))
                })
            }

            fn augment_args_for_update(command: Command) -> Command {
                Self::augment_args(command)
            }
        }
    };
}

flags!(AllFlags, |_: &&Spec| true, shown: |_| true, more: [port()]);
// The rest is for servers, and is taken so that the flags of a server can be repeated.
flags!(StoreFlags, |spec: &&Spec| spec.for_store, shown: |spec| ["data", "database", "master_key_file"].contains(&spec.key), more: [] as [Arg; 0]);

fn config() -> Arg {
    Arg::new("config")
        .long("config")
        .value_name("FILE")
        .value_parser(clap::value_parser!(PathBuf))
        .help("TOML file with settings [env: TASKFORM_CONFIG]")
}

/// What many servers call it: refused, with the flag that is meant.
fn port() -> Arg {
    let parser = UnknownArgumentValueParser::suggest_arg("--listen").and_suggest("--listen 127.0.0.1:PORT");
    Arg::new("port").long("port").num_args(1).hide(true).value_parser(parser)
}

fn arg(spec: &'static Spec) -> Arg {
    let default = if spec.default.is_empty() { String::new() } else { format!("[default: {}] ", spec.default) };
    let arg = Arg::new(spec.key)
        .long(spec.flag())
        .value_name(spec.value_name)
        .help_heading(spec.heading)
        .action(ArgAction::Set)
        .help(format!("{} {default}[env: {}]", spec.help, spec.variable()));
    match spec.kind {
        Kind::Switch => {
            arg.num_args(0..=1).require_equals(true).default_missing_value("true").value_parser(["true", "false"])
        }
        Kind::Choice(words) => arg.value_parser(words.to_vec()),
        _ => arg,
    }
}
