//! The registry of diagnostics: a stable code and a title each.

macro_rules! codes {
    ($($variant:ident = $id:literal, $title:literal;)*) => {
        /// Which kind of mistake. The text form is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $title] $variant,)* }

        impl Code {
            /// The stable text form, such as `may-be-missing`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// What it is about, in a few words.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)* }
            }
        }

        /// All codes with their titles, in the order of the codes.
        pub fn codes() -> impl Iterator<Item = (&'static str, &'static str)> {
            [$(($id, $title),)*].into_iter()
        }

        /// The page of a code: what it means, an example that gets it and the same
        /// mended. It is the file of `docs/codes`, so that a code without a page
        /// does not compile.
        #[must_use]
        pub fn page(code: &str) -> Option<&'static str> {
            match code {
                $($id => Some(include_str!(concat!("../../docs/codes/", $id, ".md"))),)*
                _ => None,
            }
        }
    };
}

codes! {
    AlwaysWithheld = "always-withheld", "a duty that is always withheld";
    AmbiguousName = "ambiguous-name", "a name with two meanings in one place";
    ArgumentCount = "argument-count", "a definition given too many or too few values";
    BadFileName = "bad-file-name", "a file that is not of the package's folder";
    BadLiteral = "bad-literal", "a number, date or time that is not one";
    BadProposalId = "bad-proposal-id", "an id that a proposal cannot have";
    BlanksAroundOperator = "blanks-around-operator", "`+` or `-` without a blank on both sides";
    BracketsNeeded = "brackets-needed", "a part that can be read in two ways without brackets";
    ByMissing = "by-missing", "a pick that does not say by what";
    ByUnrelated = "by-unrelated", "a `by` that does not name its variable";
    ClauseMisplaced = "clause-misplaced", "a clause that does not go with its verb";
    ClauseMissing = "clause-missing", "a clause that is needed";
    ClauseTwice = "clause-twice", "a clause given twice";
    DayTwice = "day-twice", "a day of a calendar given hours twice";
    DeclaredTwice = "declared-twice", "one name declared or given twice";
    DoubtfulWindow = "doubtful-window", "`last month` and its like";
    EmptyRange = "empty-range", "a range that holds nothing";
    EndlessPast = "endless-past", "a duty whose past has no end";
    EndlessType = "endless-type", "a type that would have to hold itself";
    EveryOverEmpty = "every-over-empty", "`every` over a list that may be empty";
    FieldMissing = "field-missing", "a field that is needed and not given";
    FileTooLarge = "file-too-large", "a policy file that is too large";
    GroupOwed = "group-owed", "a group where one action is needed";
    Guess = "guess", "a way of writing of another language";
    HasMissing = "has-missing", "`has` where it is missing or does not belong";
    HiddenDirection = "hidden-direction", "a hidden character that turns the direction of writing";
    HoleInTitle = "hole-in-title", "an inserted value in a title or key";
    HoursOnDate = "hours-on-date", "hours counted on a Date";
    IdleCarrier = "idle-carrier", "a duty for an outcome that never comes about";
    IdleLimit = "idle-limit", "a limit that changes nothing";
    IdleOverride = "idle-override", "an override of what can never clash";
    IllegalOverride = "illegal-override", "a policy that cannot override another";
    InputInExample = "input-in-example", "an example's value that reads an input";
    LookAlike = "look-alike", "two names that look the same";
    LooseAlternative = "loose-alternative", "a value where `or` needs a condition";
    MayBeMissing = "may-be-missing", "a value that may be missing";
    MixedChoice = "mixed-choice", "`<` and `,` in one choice";
    NameForm = "name-form", "a name whose letters are not in their usual form";
    NeverAReason = "never-a-reason", "a policy that is never the reason expected";
    NeverMissing = "never-missing", "a test of what is never missing";
    NeverSpeaks = "never-speaks", "a policy that never speaks";
    NoCurrency = "no-currency", "money in a package without a currency";
    NoOrder = "no-order", "an order between things that have none";
    NoTimezone = "no-timezone", "civil time in a package without a time zone";
    NoVerb = "no-verb", "a policy that does nothing";
    NotAbout = "not-about", "a field of an action the policy is not about";
    NotAList = "not-a-list", "a list is needed";
    NotAValue = "not-a-value", "a declaration used as a value";
    NotPrintable = "not-printable", "a record inserted in a text";
    NotUtf8 = "not-utf8", "a file that is not text";
    NotYet = "not-yet", "a part of the language that is still to come";
    OpenText = "open-text", "a text without its end";
    OptionalElement = "optional-element", "an element that may be missing";
    OverlappingHours = "overlapping-hours", "hours of a calendar that overlap";
    OverrideCycle = "override-cycle", "policies that override each other";
    PackageTooLarge = "package-too-large", "a package that is too large";
    RecursiveDefine = "recursive-define", "a definition that uses itself";
    ReservedName = "reserved-name", "a name with a meaning of its own";
    RivalDuties = "rival-duties", "duties that meet, of which the title decides";
    ShadowedName = "shadowed-name", "a name that would hide another";
    Syntax = "syntax", "something that does not belong where it stands";
    TableCell = "table-cell", "a cell that does not fit its column";
    TableGap = "table-gap", "a table that leaves a case over";
    TableResult = "table-result", "a table of several results read without saying which";
    TableRowUnreachable = "table-row-unreachable", "a row that never matches";
    TableShape = "table-shape", "a table that lacks a part or has it in the wrong place";
    TokenTooLong = "token-too-long", "a word or a text that is too long";
    TooCostly = "too-costly", "a condition that costs too much";
    TooDeep = "too-deep", "nesting that is too deep";
    TooFar = "too-far", "more working time than is counted";
    TooManySteps = "too-many-steps", "a policy that takes too many steps";
    TypeMismatch = "type-mismatch", "a value of the wrong type";
    UnknownAction = "unknown-action", "an unknown action";
    UnknownCalendar = "unknown-calendar", "an unknown calendar";
    UnknownChoice = "unknown-choice", "an unknown value of a choice";
    UnknownCurrency = "unknown-currency", "an unknown currency";
    UnknownField = "unknown-field", "an unknown field";
    UnknownInput = "unknown-input", "an unknown input";
    UnknownName = "unknown-name", "an unknown name";
    UnknownPolicy = "unknown-policy", "an unknown policy";
    UnknownProposal = "unknown-proposal", "an unknown proposal";
    UnknownTimezone = "unknown-timezone", "an unknown time zone";
    UnknownType = "unknown-type", "an unknown type";
    UnrelatedCondition = "unrelated-condition", "a condition that has nothing to do with its variable";
    UnroundedMoney = "unrounded-money", "money that leaves unrounded";
    UntilUnknown = "until-unknown", "a condition that computes with `now`";
    UselessOtherwise = "useless-otherwise", "an `otherwise` for what is never missing";
    ZoneOnCalendar = "zone-on-calendar", "a zone for the hours of a calendar";
    ZoneOnInstant = "zone-on-instant", "a zone for an instant";
}
