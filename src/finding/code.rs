//! The table of all that can be said about a profile or a file: one stable code for each.

use std::fmt;

macro_rules! codes {
    ($(group $title:literal { $($Code:ident = $name:literal: $about:literal;)* })*) => {
        /// What a finding says, for scripts and for whoever does something about it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(
            #[doc = $about]
            $Code,
        )*)* }

        impl Code {
            /// All codes in groups, each group with its title.
            pub const GROUPS: &[(&'static str, &'static [Self])] =
                &[$(($title, &[$(Self::$Code),*])),*];

            /// The stable name, as it stands in JSON.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$Code => $name,)*)* }
            }

            /// What it says, as a whole sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $($(Self::$Code => $about,)*)* }
            }
        }
    };
}

codes! {
    group "The file" {
        NotRead = "not-read": "A file could not be read.";
        NotParsed = "not-parsed": "A profile could not be understood: the message says where.";
        NotWritten = "not-written":
            "A file could not be written; what was there before is as it was.";
        Exists = "exists": "The file that was to be written is there already.";
        InUse = "in-use": "Another window or command works on the file.";
        NoVersions = "no-versions": "No earlier versions of the file are kept.";
        VersionNotParsed = "version-not-parsed":
            "An earlier version can be restored, but not be read as a profile.";
        Unchanged = "unchanged": "The file says already what it was to say.";
        FormatNewer = "format-newer":
            "The file was written by a newer program; what this one does not know is kept.";
        FormatUnknown = "format-unknown": "The number of the format is none.";
        UnknownField = "unknown-field": "A field is not known; it is kept and not printed.";
        UnknownKind = "unknown-kind":
            "A section is of a kind that is not known; it is kept and not printed.";
        CommentUnplaced = "comment-unplaced": "A comment has lost the line that it stood at.";
        ControlCharacter = "control-character":
            "The file holds a character that is no letter and cannot be seen.";
    }
    group "The command line" {
        Usage = "usage": "The command was called wrongly.";
        ProfileError = "profile-error": "The profile has none of what the command is to work on.";
        PageEmpty = "page-empty": "There is nothing on the page to make a picture of.";
    }
    group "What is written in the profile" {
        FieldRequired = "field-required":
            "An entry or the person lacks something that its readers expect.";
        CharacterPasted = "character-pasted":
            "A character that came by pasting is invisible, or looks like another one.";
        DirectionMark = "direction-mark": "An invisible character turns the direction of the text.";
        DateUnclear = "date-unclear": "A date is not understood; it is printed as typed.";
        DateOrder = "date-order": "A range of dates ends before it begins.";
        DateMixed = "date-mixed": "Dates of a section are written in different ways.";
        DashMixed = "dash-mixed":
            "Hyphens, dashes or spaces around them stand where a text uses others elsewhere.";
        QuotesMixed = "quotes-mixed": "Straight and curled quotation marks are mixed.";
        EndMarkMixed = "end-mark-mixed":
            "Some highlights of a section end in a full stop, and some do not.";
        AuthorsInOne = "authors-in-one": "Several authors stand in the field of one.";
        OwnNameMissing = "own-name-missing": "No author of a paper is the owner of the profile.";
        OwnNameTwice = "own-name-twice":
            "Several authors of a paper could be the owner of the profile.";
        NameTwoWays = "name-two-ways": "One person is written in two ways.";
        VenueTwoWays = "venue-two-ways": "One venue is written in two ways.";
        MarkUnexplained = "mark-unexplained": "A mark at an author is explained nowhere.";
        LinkText = "link-text":
            "The text of a link names another address than the one it leads to.";
        LinkUnsafe = "link-unsafe":
            "A link leads to something that a reader should not open; it is not printed as a link.";
        LinkOther = "link-other": "A link begins with something that few programs open.";
        LinkPassword = "link-password": "A link holds a name and a password.";
        LinkAttachment = "link-attachment": "A link would attach a file of the reader to a mail.";
        OrcidWrong = "orcid-wrong": "An ORCID iD has a wrong check digit or length.";
        MathsBare = "maths-bare": "A text has what looks like a formula, and is not marked as one.";
        MathsUnknown = "maths-unknown":
            "A formula holds something that is not understood; it is printed as typed.";
        OrderUnknown = "order-unknown": "The order of the sections names one that there is not.";
        NoneSelected = "none-selected":
            "Only selected papers are to be printed, and none is selected.";
        VariantUnknown = "variant-unknown": "Something is shown in a variant that there is not.";
        VariantName = "variant-name": "The name of a variant cannot be used.";
        VariantDuplicate = "variant-duplicate": "Two variants have one name.";
    }
    group "Spelling" {
        Misspelling = "misspelling": "No dictionary has a word; asked for by `--spelling`.";
        NoDictionary = "no-dictionary": "No dictionary of the language is there.";
    }
    group "The look" {
        ThemeUnknown = "theme-unknown": "There is no theme of that name.";
        FontUnknown = "font-unknown": "There is no font of that name.";
        FontUnusable = "font-unusable": "A font may not be put into a PDF, or cannot be.";
        LanguageUnknown = "language-unknown": "There is no language of that code.";
        ColourUnclear = "colour-unclear": "A colour is not understood.";
        LookRange = "look-range": "A number of the look is outside of what can be read.";
    }
    group "The photo" {
        PhotoMissing = "photo-missing": "The file of the photo is not there.";
        PhotoOutside = "photo-outside": "The photo lies outside of the profile's folder.";
        PhotoUnreadable = "photo-unreadable": "The photo cannot be read.";
    }
    group "The page" {
        TooLong = "too-long": "The profile does not fit on the pages that it may take.";
        WinHide = "win-hide": "Leaving this out would win so many lines.";
        WinShorten = "win-shorten": "A few words less here would win a line.";
        ShortLastLine = "short-last-line": "A paragraph ends in a line of one short word.";
        GlyphMissing = "glyph-missing": "No font has a character.";
        PreviewFailed = "preview-failed": "The page cannot be shown beside the form.";
    }
    group "An import" {
        ImportPlaced = "import-placed": "Something of the file was placed.";
        ImportGuessed = "import-guessed": "Something was placed where it probably belongs.";
        ImportNotPlaced = "import-not-placed": "Something of the file has no place in the profile.";
        ImportTwin = "import-twin": "An entry may be one that the profile has already.";
        ImportVersion = "import-version": "A paper may be another version of one in the profile.";
        ImportPreprint = "import-preprint": "A preprint has been published since.";
        ImportDeleted = "import-deleted": "An entry that was deleted by hand was not taken again.";
        ImportKept = "import-kept": "A field was changed by hand, and was kept.";
        ImportNotTaken = "import-not-taken": "A part of the file was not taken.";
    }
}

impl Code {
    /// Whether it is about the choice of a font.
    #[must_use]
    pub const fn is_of_font(self) -> bool {
        matches!(self, Self::FontUnknown | Self::FontUnusable)
    }

    /// Whether it says how a profile that is too long could win lines.
    #[must_use]
    pub const fn wins_lines(self) -> bool {
        matches!(self, Self::WinHide | Self::WinShorten)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
