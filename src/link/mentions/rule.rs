//! The rules by which mentions are found, and those that a book turned off.

use std::collections::BTreeSet;

/// How a mention was found. Of two rules for the same words the first one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionRule {
    /// By its name: `Marco Rubio`.
    Name,
    /// By another of its names: `TdA`.
    Alias,
    /// By a name that held on the day: `Department of War`.
    DatedName,
    /// By a spelling that goes without saying: `U.S.` for `US`, no middle initial, no `Inc.`
    Variant,
    /// Without its marks: `Orban`, `Soeder`.
    Marks,
    /// With other capitals: `Covid-19`.
    Case,
    /// With an ending of its language: `Москве`, `Berlins`.
    Ending,
    /// By a short form of the given name: `Bob Holm`.
    Nickname,
    /// By the one word before `Inc.`: `Apple`.
    Core,
    /// By its name with an initial that the registry lacks: `Marco A. Rubio`.
    Initial,
    /// By the surname, after the full name: `Rubio`.
    Surname,
    /// By what stands before `Group`, `Bank` and the like, after the full name: `Halden`.
    Head,
    /// By the last word of a team's name, after the full name: `Chargers`.
    LastWord,
    /// By its initials: `AHC` for the American Health Council.
    Initials,
    /// By an acronym that the text gave in parentheses: `(DEA)`.
    Acronym,
    /// By its name in capitals: `MEXICO CITY (AFP)`.
    AllCaps,
    /// As the front matter or the settings say.
    Settled,
}

/// Every rule, with its name in kebab case.
const ALL: [(MentionRule, &str); 17] = [
    (MentionRule::Name, "name"),
    (MentionRule::Alias, "alias"),
    (MentionRule::DatedName, "dated-name"),
    (MentionRule::Variant, "variant"),
    (MentionRule::Marks, "marks"),
    (MentionRule::Case, "case"),
    (MentionRule::Ending, "ending"),
    (MentionRule::Nickname, "nickname"),
    (MentionRule::Core, "core"),
    (MentionRule::Initial, "initial"),
    (MentionRule::Surname, "surname"),
    (MentionRule::Head, "head"),
    (MentionRule::LastWord, "last-word"),
    (MentionRule::Initials, "initials"),
    (MentionRule::Acronym, "acronym"),
    (MentionRule::AllCaps, "all-caps"),
    (MentionRule::Settled, "settled"),
];

impl MentionRule {
    /// The name of the rule, in kebab case.
    pub fn as_str(self) -> &'static str {
        ALL[self as usize].1
    }

    /// Whether it gives a person or an organization a short form that holds in one text.
    pub(super) fn is_short_form(self) -> bool {
        matches!(self, MentionRule::Surname | MentionRule::Head | MentionRule::LastWord)
    }
}

/// The rules that a book turned off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesOff(BTreeSet<MentionRule>);

impl RulesOff {
    /// Those of some names, in kebab case.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> RulesOff {
        let names = names.into_iter();
        let rule = |name: &str| ALL.iter().find(|(_, it)| *it == name).map(|(it, _)| *it);
        RulesOff(names.filter_map(rule).collect())
    }

    /// Whether a rule is off.
    pub fn has(&self, rule: MentionRule) -> bool {
        !self.0.is_empty() && self.0.contains(&rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::config::NAME_RULES;

    #[test]
    fn every_rule_has_its_own_name_and_all_but_those_for_names_can_be_turned_off() {
        for (at, (rule, name)) in ALL.into_iter().enumerate() {
            assert_eq!(rule as usize, at, "{name}");
        }
        let names: Vec<&str> = ALL
            .into_iter()
            .map(|(_, name)| name)
            .filter(|name| !matches!(*name, "name" | "alias" | "dated-name" | "settled"))
            .collect();
        assert_eq!(names, NAME_RULES);
    }
}
