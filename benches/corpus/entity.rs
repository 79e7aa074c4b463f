//! Persons, places, organizations and events.

use std::collections::HashSet;

use crate::corpus::random::Random;
use crate::corpus::words;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Organization,
    Place,
    Event,
}

impl Kind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organization => "organization",
            Kind::Place => "place",
            Kind::Event => "event",
        }
    }
}

/// An office and the years it was held, the last of them left in its first days.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) title: &'static str,
    /// The position of an organization or place.
    pub(crate) of: usize,
    pub(crate) from: usize,
    /// `None` while it is held.
    pub(crate) to: Option<usize>,
}

/// Somebody or something that briefs name.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// No two entities share one.
    pub(crate) aliases: Vec<String>,
    pub(crate) summary: String,
    /// By time.
    pub(crate) roles: Vec<Role>,
    /// Others that the profile names.
    pub(crate) near: [usize; 2],
}

impl Entity {
    /// The title held all through a year.
    pub(crate) fn title_in(&self, year: usize) -> Option<&'static str> {
        let held = |it: &&Role| it.from < year && it.to.is_none_or(|to| year < to);
        self.roles.iter().find(held).map(|it| it.title)
    }
}

pub(super) fn entities(n: usize) -> Vec<Entity> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut entities: Vec<Entity> =
        (0..n).map(|number| named(number, &mut taken)).collect();
    let bodies: Vec<usize> = entities
        .iter()
        .enumerate()
        .filter(|(_, it)| matches!(it.kind, Kind::Organization | Kind::Place))
        .map(|(at, _)| at)
        .collect();
    let names: Vec<String> = entities.iter().map(|it| it.name.clone()).collect();
    for (number, entity) in entities.iter_mut().enumerate() {
        let random = &mut Random::of(2, number);
        entity.near = [random.below(n), random.below(n)];
        let matter = random.one(words::MATTERS);
        let home = &names[bodies[random.below(bodies.len())]];
        entity.summary = match entity.kind {
            Kind::Person => {
                entity.roles = roles(random, &bodies);
                format!("In public life for {matter}, first with {home}.")
            }
            Kind::Organization => format!("Answers for {matter}; reports to {home}."),
            Kind::Place => {
                format!("Lives from {matter} and {}.", random.one(words::MATTERS))
            }
            Kind::Event => {
                format!("Several weeks that changed {matter}, with {home} in the chair.")
            }
        };
    }
    entities
}

/// An entity with nothing but its names.
fn named(number: usize, taken: &mut HashSet<String>) -> Entity {
    let random = &mut Random::of(1, number);
    // The first dozen has some of each kind.
    let kind = match if number < 12 { number * 9 } else { random.below(100) } {
        0..45 => Kind::Person,
        45..70 => Kind::Organization,
        70..90 => Kind::Place,
        _ => Kind::Event,
    };
    let mut name = name(kind, random);
    while taken.contains(&name.to_lowercase()) {
        name = match kind {
            Kind::Person | Kind::Place => {
                format!("{name}{}", random.one(words::NAME_ENDS))
            }
            _ => format!("{name} of {}", place(random)),
        };
    }
    taken.insert(name.to_lowercase());
    let mut aliases = aliases(kind, &name, random);
    aliases.retain(|it| taken.insert(it.to_lowercase()));
    Entity {
        slug: slug(&name),
        name,
        kind,
        aliases,
        summary: String::new(),
        roles: Vec::new(),
        near: [0; 2],
    }
}

fn name(kind: Kind, random: &mut Random) -> String {
    match kind {
        Kind::Person => format!("{} {}", random.one(words::GIVEN), surname(random)),
        Kind::Place => place(random),
        Kind::Organization => {
            let field = random.one(words::BODY_FIELD);
            let body = random.one(words::BODY_KIND);
            match random.below(4) {
                0 => format!("{} {field} {body}", place(random)),
                1 => format!("{field} and {} {body}", random.one(words::BODY_FIELD)),
                _ => format!("{} {field} {body}", random.one(words::BODY_FIRST)),
            }
        }
        Kind::Event => {
            let (first, event) =
                (random.one(words::EVENT_FIRST), random.one(words::EVENT_KIND));
            format!("{first} {event} of {}", random.within(2004, 2024))
        }
    }
}

fn surname(random: &mut Random) -> String {
    format!("{}{}", random.one(words::NAME_STARTS), random.one(words::NAME_ENDS))
}

fn place(random: &mut Random) -> String {
    let name =
        format!("{}{}", random.one(words::PLACE_STARTS), random.one(words::PLACE_ENDS));
    if random.chance(40) {
        format!("{} {name}", random.one(words::PLACE_FIRST))
    } else {
        name
    }
}

fn aliases(kind: Kind, name: &str, random: &mut Random) -> Vec<String> {
    let mut aliases = Vec::new();
    match kind {
        Kind::Person => {
            if let Some((given, surname)) = name.split_once(' ')
                && random.chance(50)
            {
                aliases.push(format!("{}. {surname}", &given[..1]));
            }
        }
        Kind::Organization => {
            let capitals: String =
                name.chars().filter(char::is_ascii_uppercase).collect();
            if random.chance(60) && capitals.len() >= 3 {
                aliases.push(capitals);
            }
        }
        Kind::Place => aliases.push(format!("{name} District")),
        Kind::Event => {
            if let Some((short, _)) = name.split_once(" of ") {
                aliases.push(format!("the {short}"));
            }
        }
    }
    aliases
}

fn roles(random: &mut Random, bodies: &[usize]) -> Vec<Role> {
    let mut from = random.within(1998, 2014);
    let n = random.within(1, 3);
    let mut roles = Vec::new();
    for at in 1..=n {
        let to = from + random.within(2, 6);
        let is_last = at == n && random.chance(80);
        roles.push(Role {
            title: random.one(words::TITLES),
            of: bodies[random.below(bodies.len())],
            from,
            to: (!is_last).then_some(to),
        });
        from = to;
    }
    roles
}

/// Lower case, with hyphens. The words of this book are ASCII.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().filter(|it| *it != '\'') {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}
