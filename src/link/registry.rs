//! stub
use crate::parse::entity::EntityKind;
use jiff::civil::Date;
/// i
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIdx(pub u32);
/// n
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedEntity {
    pub slug: Box<str>,
    pub kind: EntityKind,
    pub name: Box<str>,
    pub aliases: Vec<Box<str>>,
    pub dated_names: Vec<DatedName>,
}
/// d
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedName {
    pub name: Box<str>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}
/// r
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registry {
    pub entities: Vec<NamedEntity>,
}
impl Registry {
    pub fn new(entities: Vec<NamedEntity>, _language: &str) -> Registry {
        Registry { entities }
    }
    pub fn lookup(&self, name: &str) -> Vec<EntityIdx> {
        (0..)
            .map(EntityIdx)
            .zip(&self.entities)
            .filter(|(_, e)| {
                *e.name == *name
                    || *e.slug == *name
                    || e.aliases.iter().any(|a| **a == *name)
            })
            .map(|(i, _)| i)
            .collect()
    }
    pub fn nearest(&self, name: &str) -> Option<&str> {
        crate::diagnostic::nearest(name, self.entities.iter().map(|e| &*e.name))
    }
}
