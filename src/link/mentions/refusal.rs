//! Why a place where a name stands is not a mention of anybody.

/// Why a name that stands in a text was not taken for a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameRefusal {
    /// It is in a web or mail address, a path, a handle or a hashtag.
    Address,
    /// It is a part of a date: `May 2019`.
    Date,
    /// The name does not hold on the day of the brief.
    OtherTime,
    /// A hyphen joins it to something else: `Jean-Marie`.
    Hyphen,
    /// The word before makes a longer name of it: `New Mexico`.
    WordBefore,
    /// The word behind makes a longer name of it: `Trump Tower`.
    WordBehind,
    /// An `of` before makes a longer name of it: `Bank of America`.
    Of,
    /// A generation behind makes another person of it: `Trump Jr.`
    Generation,
    /// A common word that begins a sentence: `Turkey is served`.
    CommonWord,
    /// A verb of the same letters as a thing: `They drone on`.
    Verb,
    /// An initial that is not this person's: `Walter A. Brandt`.
    OtherInitial,
}

impl NameRefusal {
    /// What to tell the desk, as the rest of a sentence that begins with the name.
    pub fn reason(self) -> &'static str {
        match self {
            NameRefusal::Address => "is in an address, a path, a handle or a hashtag",
            NameRefusal::Date => "is part of a date",
            NameRefusal::OtherTime => "is a name of another time",
            NameRefusal::Hyphen => "is joined to another word by a hyphen",
            NameRefusal::WordBefore => "is part of a longer name: see the word before it",
            NameRefusal::WordBehind => "is part of a longer name: see the word behind it",
            NameRefusal::Of => "is part of a longer name with `of`",
            NameRefusal::Generation => {
                "is another person's: see the generation behind it"
            }
            NameRefusal::CommonWord => {
                "is a common word too, and begins a sentence here, where its capital says nothing"
            }
            NameRefusal::Verb => "is a verb here: see the word before it",
            NameRefusal::OtherInitial => "has an initial that is not this person's",
        }
    }
}
