//! The rules by which mentions are found, and those that a book turned off.

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
    /// By its name with an initial that the registry lacks: `Marco A. Rubio`.
    Initial,
    /// By the surname, after the full name: `Rubio`.
    Surname,
    /// By an acronym that the text gave in parentheses: `(DEA)`.
    Acronym,
    /// By its name in capitals: `MEXICO CITY (AFP)`.
    AllCaps,
    /// As the front matter or the settings say.
    Settled,
}

/// Every rule that can be turned off.
const ALL: [MentionRule; 9] = [
    MentionRule::Name,
    MentionRule::Alias,
    MentionRule::DatedName,
    MentionRule::Variant,
    MentionRule::Initial,
    MentionRule::Surname,
    MentionRule::Acronym,
    MentionRule::AllCaps,
    MentionRule::Settled,
];

impl MentionRule {
    /// The name of the rule, in kebab case.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionRule::Name => "name",
            MentionRule::Alias => "alias",
            MentionRule::DatedName => "dated-name",
            MentionRule::Variant => "variant",
            MentionRule::Initial => "initial",
            MentionRule::Surname => "surname",
            MentionRule::Acronym => "acronym",
            MentionRule::AllCaps => "all-caps",
            MentionRule::Settled => "settled",
        }
    }

    /// The rule of a name; `None` if no rule has it.
    pub fn named(name: &str) -> Option<MentionRule> {
        ALL.into_iter().find(|it| it.as_str() == name)
    }

    /// The names of all rules.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ALL.into_iter().map(MentionRule::as_str)
    }
}
