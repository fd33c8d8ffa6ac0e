//! Where outgoing calls may not go (B271): to link-local addresses, to the metadata services of clouds, to this server itself.
//!
//! Whoever may choose a receiver, or answer for its name in the DNS, could otherwise have this server ask a metadata service for
//! the machine's own credentials. Other loopback and private addresses are where receivers usually are, and stay allowed.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use crate::settings::Networks;

/// The setting that allows what is refused here.
pub const SETTING: &str = "outgoing.allowed_networks";

/// Addresses of metadata services and the like that are not link-local.
const METADATA_V4: [Ipv4Addr; 3] = [
    // Alibaba Cloud
    Ipv4Addr::new(100, 100, 100, 200),
    // Azure's virtual public address for its agents
    Ipv4Addr::new(168, 63, 129, 16),
    // Oracle Cloud Infrastructure Classic
    Ipv4Addr::new(192, 0, 0, 192),
];

/// The same as networks of IPv6: the address and the length of its prefix.
const METADATA_V6: [(Ipv6Addr, u32); 3] = [
    // EC2: metadata, credentials of pods, time, DNS
    (Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0), 32),
    // Google Cloud
    (Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254), 128),
    // Scaleway
    (Ipv6Addr::new(0xfd00, 0x42, 0, 0, 0, 0, 0, 0x42), 128),
];

/// Names that stand for metadata services, whatever address they have.
const METADATA_NAMES: [&str; 10] = [
    "metadata",
    "metadata.google.internal",
    "metadata.goog",
    "instance-data",
    "instance-data.ec2.internal",
    "metadata.tencentyun.com",
    "metadata.packet.net",
    "metadata.platformequinix.com",
    "api.metadata.cloud.ibm.com",
    "rancher-metadata",
];

/// Which addresses outgoing calls may go to.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Networks,
    own: Option<SocketAddr>,
}

/// Why a call may not go to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// 169.254.0.0/16 or `fe80::/10`.
    LinkLocal,
    /// The metadata service of a cloud.
    Metadata,
    /// The address that this server listens on.
    Own,
}

/// An address that calls may not go to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Forbidden {
    /// As the receiver was named: host, perhaps with port.
    pub named: String,
    /// The address that it stands for.
    pub address: Option<IpAddr>,
    /// Why.
    pub reason: Reason,
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { named, address, reason } = self;
        write!(f, "no call is made to {named}, which ")?;
        match address.map(|address| address.to_string()).filter(|address| !named.contains(address.as_str())) {
            Some(address) => write!(f, "stands for {address}, ")?,
            None => f.write_str("is ")?,
        }
        f.write_str(match reason {
            Reason::LinkLocal => "a link-local address, where clouds have their metadata service",
            Reason::Metadata => "the metadata service of a cloud",
            Reason::Own => "this server itself",
        })?;
        match address {
            Some(address) => write!(f, "; {SETTING} = \"{address}\" would allow it"),
            None => write!(f, "; {SETTING} with its address would allow it"),
        }
    }
}

impl Forbidden {
    fn new(named: &str, address: Option<IpAddr>, reason: Reason) -> Self {
        Self { named: named.to_owned(), address, reason }
    }
}

impl Guard {
    /// Refuses everything of [`Reason`] that is not in `allowed`; `own` is the address that this server listens on.
    #[must_use]
    pub fn new(allowed: Networks, own: SocketAddr) -> Self {
        Self { allowed, own: Some(own) }
    }

    /// Of the addresses that a host has, those that a call may go to. A literal host has itself.
    ///
    /// # Errors
    /// There are addresses, and none that is allowed: why the first is not.
    pub fn choose(&self, host: &str, addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Forbidden> {
        let (is_metadata, mut refused) = (is_metadata_name(host), None);
        let mut chosen = Vec::with_capacity(addresses.len());
        for address in addresses {
            match self.check(host, address) {
                Ok(()) if is_metadata && !self.allowed.contains(address.ip()) => {
                    refused.get_or_insert(Forbidden::new(host, Some(address.ip()), Reason::Metadata));
                }
                Ok(()) => chosen.push(address),
                Err(error) => {
                    refused.get_or_insert(error);
                }
            }
        }
        refused.filter(|_| chosen.is_empty()).map_or(Ok(chosen), Err)
    }

    /// Checks a receiver as it is named, as far as that can be done without looking it up.
    ///
    /// # Errors
    /// It is never allowed.
    pub fn check_named(&self, host: &str, port: u16) -> Result<(), Forbidden> {
        if let Some(address) = literal(host) {
            return self.check(host, SocketAddr::new(address, port));
        }
        if is_metadata_name(host) && self.allowed.is_empty() {
            return Err(Forbidden::new(host, None, Reason::Metadata));
        }
        Ok(())
    }

    /// Whether a call may go to an address, which may be another one in disguise.
    fn check(&self, host: &str, address: SocketAddr) -> Result<(), Forbidden> {
        if self.allowed.contains(address.ip()) {
            return Ok(());
        }
        let own = |real: IpAddr| self.is_own(SocketAddr::new(real, address.port())).then_some(Reason::Own);
        for real in meanings(address.ip()) {
            if let Some(reason) = reason(real).or_else(|| own(real)).filter(|_| !self.allowed.contains(real)) {
                return match reason {
                    Reason::Own => Err(Forbidden::new(&format!("{host}:{}", address.port()), Some(real), reason)),
                    Reason::LinkLocal | Reason::Metadata => Err(Forbidden::new(host, Some(real), reason)),
                };
            }
        }
        Ok(())
    }

    /// Whether this server listens there.
    fn is_own(&self, address: SocketAddr) -> bool {
        let Some(own) = self.own.filter(|own| own.port() == address.port()) else { return false };
        let (own, address) = (own.ip().to_canonical(), address.ip());
        if own.is_unspecified() {
            return is_of_this_machine(address);
        }
        // To connect to the unspecified address is to connect to loopback.
        own == address || (own.is_loopback() && address.is_unspecified())
    }
}

/// Whether an address is one of this machine: only those can be bound.
fn is_of_this_machine(address: IpAddr) -> bool {
    address.is_loopback() || address.is_unspecified() || UdpSocket::bind((address, 0)).is_ok()
}

/// A host that is an address, with or without brackets.
pub(super) fn literal(host: &str) -> Option<IpAddr> {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host).parse().ok()
}

fn is_metadata_name(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    METADATA_NAMES.iter().any(|name| name.eq_ignore_ascii_case(host))
}

fn reason(address: IpAddr) -> Option<Reason> {
    match address {
        IpAddr::V4(address) if address.is_link_local() => Some(Reason::LinkLocal),
        IpAddr::V4(address) => METADATA_V4.contains(&address).then_some(Reason::Metadata),
        IpAddr::V6(address) if address.is_unicast_link_local() => Some(Reason::LinkLocal),
        IpAddr::V6(address) => {
            let bits = address.to_bits();
            let within = |(network, len): &(Ipv6Addr, u32)| (bits ^ network.to_bits()) >> (128 - len) == 0;
            METADATA_V6.iter().any(within).then_some(Reason::Metadata)
        }
    }
}

/// An address and the addresses of IPv4 that it stands for, by any of the ways in which IPv6 carries those.
fn meanings(address: IpAddr) -> Vec<IpAddr> {
    let IpAddr::V6(v6) = address else { return vec![address] };
    let (bits, [a, b, c, d, e, f, ..]) = (v6.to_bits(), v6.segments());
    let v4 = |shift: u32| Ipv4Addr::from_bits(u32::try_from((bits >> shift) & 0xffff_ffff).expect("32 bits are left"));
    let mut all = vec![address];
    let mut add = |real: Ipv4Addr| all.push(IpAddr::V4(real));
    match [a, b, c, d, e, f] {
        // Mapped, compatible (RFC 4291, 2.5.5) and translated (RFC 2765). `::` and `::1` are addresses of their own.
        [0, 0, 0, 0, 0, 0xffff] | [0, 0, 0, 0, 0xffff, 0] => add(v4(0)),
        [0, 0, 0, 0, 0, 0] if bits > 1 => add(v4(0)),
        // NAT64 (RFC 6052): at the end of the well-known prefix; anywhere behind the local one (RFC 8215), whose bits 64 to 71
        // are left out.
        [0x64, 0xff9b, 0, 0, 0, 0] => add(v4(0)),
        [0x64, 0xff9b, 1, ..] => {
            add(v4(0));
            let around = |before: u32| {
                let (high, low) = (bits >> 64, (bits >> (24 + before)) & 0xffff_ffff);
                let joined = (high << (32 - before)) & 0xffff_ffff | low & ((1 << (32 - before)) - 1);
                Ipv4Addr::from_bits(u32::try_from(joined).expect("32 bits are left"))
            };
            // Prefixes of 48, 56 and 64 bits leave 16, 8 and none of the address before those bits.
            [16, 8, 0].map(around).into_iter().for_each(add);
        }
        // 6to4 (RFC 3056).
        [0x2002, ..] => add(v4(80)),
        // Teredo (RFC 4380): the server, and the client with all bits turned.
        [0x2001, 0, ..] => {
            add(v4(64));
            add(Ipv4Addr::from_bits(!v4(0).to_bits()));
        }
        // ISATAP (RFC 5214).
        [_, _, _, _, 0 | 0x200, 0x5efe] => add(v4(0)),
        _ => {}
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(allowed: &[&str], own: &str) -> Guard {
        let allowed: Vec<_> = allowed.iter().map(|text| (*text).to_owned()).collect();
        Guard::new(Networks::parse(&allowed).unwrap(), own.parse().unwrap())
    }

    fn refused(guard: &Guard, host: &str, port: u16) -> Option<Reason> {
        let address = SocketAddr::new(literal(host).unwrap(), port);
        guard.choose(host, vec![address]).err().map(|error| error.reason)
    }

    /// B271
    #[test]
    fn every_spelling_of_a_forbidden_address() {
        let guard = guard(&[], "127.0.0.1:8484");
        let (link, metadata) = (Some(Reason::LinkLocal), Some(Reason::Metadata));
        for (host, reason) in [
            ("169.254.169.254", link),
            ("169.254.170.2", link),
            ("169.254.0.0", link),
            ("169.254.255.255", link),
            ("[fe80::1]", link),
            ("[fe80::a9fe:a9fe]", link),
            ("[febf:ffff::1]", link),
            ("[FE80::1]", link),
            ("100.100.100.200", metadata),
            ("168.63.129.16", metadata),
            ("192.0.0.192", metadata),
            ("[fd00:ec2::254]", metadata),
            ("[fd00:ec2::23]", metadata),
            ("[fd00:0ec2:0000:0000:0000:0000:0000:0254]", metadata),
            ("[fd20:ce::254]", metadata),
            ("[fd00:42::42]", metadata),
            // Mapped, compatible, translated.
            ("[::ffff:169.254.169.254]", link),
            ("[::ffff:a9fe:a9fe]", link),
            ("[0:0:0:0:0:ffff:a9fe:a9fe]", link),
            ("[::169.254.169.254]", link),
            ("[::a9fe:a9fe]", link),
            ("[::ffff:0:169.254.169.254]", link),
            ("[::ffff:100.100.100.200]", metadata),
            ("[::168.63.129.16]", metadata),
            // NAT64.
            ("[64:ff9b::169.254.169.254]", link),
            ("[64:ff9b::a9fe:a9fe]", link),
            ("[64:ff9b::100.100.100.200]", metadata),
            ("[64:ff9b:1::a9fe:a9fe]", link),
            ("[64:ff9b:1:a9fe:a9:fe00::]", link),
            ("[64:ff9b:1:a9:fe:a9fe::]", link),
            ("[64:ff9b:1:0:a9:fea9:fe00::]", link),
            // 6to4, Teredo (server; client with all bits turned), ISATAP.
            ("[2002:a9fe:a9fe::1]", link),
            ("[2002:6464:64c8::]", metadata),
            ("[2001:0:a9fe:a9fe::1]", link),
            ("[2001:0:4136:e378:8000:63bf:5601:5601]", link),
            ("[2001:db8::5efe:169.254.169.254]", link),
            ("[2001:db8::200:5efe:a9fe:a9fe]", link),
        ] {
            assert_eq!(refused(&guard, host, 80), reason, "{host}");
            assert_eq!(guard.check_named(host, 80).is_err(), reason.is_some(), "{host}");
        }
    }

    /// B271: receivers are usually here.
    #[test]
    fn other_loopback_private_and_public_addresses_are_allowed() {
        let guard = guard(&[], "127.0.0.1:8484");
        for host in [
            "127.0.0.1",
            "127.0.0.2",
            "[::1]",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "169.253.255.255",
            "169.255.0.0",
            "[fc00::1]",
            "[fd00::1]",
            "[fd00:ec1::254]",
            "[fec0::1]",
            "[fe7f::1]",
            "[2001:db8::1]",
            "203.0.113.1",
            "[::ffff:10.0.0.1]",
            "[64:ff9b::203.0.113.1]",
            "[2002:cb00:7101::]",
            "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        ] {
            assert_eq!(refused(&guard, host, 80), None, "{host}");
        }
    }

    /// B271
    #[test]
    fn the_servers_own_address() {
        let own = Some(Reason::Own);
        for (listen, host, port, reason) in [
            ("127.0.0.1:8484", "127.0.0.1", 8484, own),
            ("127.0.0.1:8484", "[::ffff:127.0.0.1]", 8484, own),
            ("127.0.0.1:8484", "[::127.0.0.1]", 8484, own),
            ("127.0.0.1:8484", "0.0.0.0", 8484, own),
            ("127.0.0.1:8484", "127.0.0.1", 8485, None),
            ("127.0.0.1:8484", "127.0.0.2", 8484, None),
            ("127.0.0.1:8484", "203.0.113.1", 8484, None),
            ("[::1]:8484", "[::1]", 8484, own),
            ("[::1]:8484", "[::]", 8484, own),
            ("[::1]:8484", "127.0.0.1", 8484, None),
            ("0.0.0.0:8484", "127.0.0.1", 8484, own),
            ("0.0.0.0:8484", "127.9.9.9", 8484, own),
            ("0.0.0.0:8484", "0.0.0.0", 8484, own),
            ("0.0.0.0:8484", "127.0.0.1", 80, None),
            ("0.0.0.0:8484", "203.0.113.1", 8484, None),
            ("[::]:8484", "127.0.0.1", 8484, own),
            ("[::]:8484", "[::1]", 8484, own),
        ] {
            assert_eq!(refused(&guard(&[], listen), host, port), reason, "{listen} {host}:{port}");
        }
        assert_eq!(refused(&Guard::default(), "127.0.0.1", 8484), None);
    }

    /// B271
    #[test]
    fn what_the_setting_allows() {
        let guard = guard(&["169.254.10.0/24", "127.0.0.1", "fe80::/64"], "127.0.0.1:8484");
        for (host, port, reason) in [
            ("169.254.10.7", 80, None),
            ("[::ffff:169.254.10.7]", 80, None),
            ("[64:ff9b::169.254.10.7]", 80, None),
            ("169.254.169.254", 80, Some(Reason::LinkLocal)),
            ("[64:ff9b::169.254.169.254]", 80, Some(Reason::LinkLocal)),
            ("127.0.0.1", 8484, None),
            ("[fe80::1]", 80, None),
            ("[fe81::1]", 80, Some(Reason::LinkLocal)),
        ] {
            assert_eq!(refused(&guard, host, port), reason, "{host}");
        }
    }

    /// B271
    #[test]
    fn names_of_metadata_services() {
        let none = Guard::default();
        let public = || vec!["203.0.113.1:80".parse().unwrap()];
        for name in ["metadata.google.internal", "METADATA.google.internal.", "metadata", "metadata.packet.net"] {
            assert_eq!(none.check_named(name, 80).unwrap_err().reason, Reason::Metadata, "{name}");
            assert_eq!(none.choose(name, public()).unwrap_err().reason, Reason::Metadata, "{name}");
        }
        for name in ["example.com", "metadata.example.com", "notmetadata"] {
            assert!(none.check_named(name, 80).is_ok() && none.choose(name, public()).is_ok(), "{name}");
        }
        let allowed = guard(&["203.0.113.1"], "127.0.0.1:1");
        assert!(allowed.check_named("metadata", 80).is_ok() && allowed.choose("metadata", public()).is_ok());
        assert!(allowed.choose("metadata", vec!["203.0.113.2:80".parse().unwrap()]).is_err());
    }

    /// B271
    #[test]
    fn of_several_addresses_those_that_are_allowed_are_used() {
        let guard = Guard::default();
        let all = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect::<Vec<SocketAddr>>();
        let chosen = guard.choose("printer.local", all(&["[fe80::1]:80", "192.168.1.5:80"])).unwrap();
        assert_eq!(chosen, all(&["192.168.1.5:80"]));
        let error = guard.choose("rebound.example", all(&["169.254.169.254:80", "[fe80::1]:80"])).unwrap_err();
        let text = error.to_string();
        assert_eq!(
            text,
            "no call is made to rebound.example, which stands for 169.254.169.254, a link-local address, where clouds have their \
             metadata service; outgoing.allowed_networks = \"169.254.169.254\" would allow it"
        );
        let text = Guard::new(Networks::default(), "127.0.0.1:8484".parse().unwrap());
        let text = text.choose("127.0.0.1", all(&["127.0.0.1:8484"])).unwrap_err().to_string();
        assert!(text.starts_with("no call is made to 127.0.0.1:8484, which is this server itself; "), "{text}");
        assert_eq!(guard.choose("nothing.example", Vec::new()), Ok(Vec::new()));
    }
}
