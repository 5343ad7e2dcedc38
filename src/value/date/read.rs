//! Reading a date text: of all the ways to part its words into a start and an end, exactly one may
//! make sense.

use super::words::{Number, Token, tokens};
use super::{Date, Dates, Season, Session, Span};

/// Longer texts are remarks, not dates.
const LONGEST: usize = 120;

/// What `text` says, if it says exactly one thing.
pub(super) fn dates(text: &str) -> Option<Dates> {
    if text.len() > LONGEST {
        return None;
    }
    let tokens = without_fillers(&tokens(text)?)?;
    let (tokens, expected) = without_expected(tokens)?;
    let span = span(&tokens)?;
    let ongoing = matches!(span, Span::ToPresent(_) | Span::Present);
    (!(expected && ongoing)).then_some(Dates { span, expected })
}

/// One side of a range; what it leaves out, the other side may tell.
#[derive(Clone, Copy)]
enum Side {
    /// A date of its own.
    Whole(Date, YearIs),
    /// `present`.
    Present,
    /// `Sept.` of a year that the other side names.
    Month(u8),
    /// `Spring`, likewise.
    Season(Season, Session),
    /// `May 12`.
    MonthDay(u8, u8),
    /// `14, 2024`.
    DayYear(u8, u16),
    /// `14日`.
    Day(u8),
    /// `25`: a day, a month or a short year.
    Bare(Number),
}

/// Where the year of a date is written: the other end of a range can do without on that side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum YearIs {
    First,
    Last,
}

/// Drops the words that add nothing, and joins "term" to its season. `None` where such a word
/// stands alone.
fn without_fillers(tokens: &[Token]) -> Option<Vec<Token>> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    for (i, &token) in tokens.iter().enumerate() {
        let next = tokens.get(i + 1);
        match (kept.last().copied(), token) {
            (Some(Token::Season(season, Session::Season)), Token::Called(session)) => {
                kept.pop();
                kept.push(Token::Season(season, session));
            }
            (_, Token::Called(_)) => return None,
            (Some(Token::Number(_) | Token::Month(_) | Token::Season(..)), Token::Of)
                if matches!(next, Some(Token::Number(_) | Token::Month(_))) => {}
            (Some(Token::Number(year)), Token::YearMark) if year.year().is_some() => {}
            (_, Token::YearMark) => return None,
            // "2020 – until now": the dash has said it already.
            (Some(Token::Dash | Token::Hyphen), Token::To) => {}
            _ => kept.push(token),
        }
    }
    Some(kept)
}

/// Takes out the mark "expected", which stands first, last, or before the end of a range, bare or
/// in brackets.
fn without_expected(mut tokens: Vec<Token>) -> Option<(Vec<Token>, bool)> {
    let Some(at) = tokens.iter().position(|&token| token == Token::Expected) else {
        return Some((tokens, false));
    };
    let (mut start, mut end) = (at, at + 1);
    let before = |start: usize| start.checked_sub(1).and_then(|i| tokens.get(i)).copied();
    if before(start) == Some(Token::Open) {
        if tokens.get(end) != Some(&Token::Close) {
            return None;
        }
        start -= 1;
        end += 1;
    }
    if start == 0 && matches!(tokens.get(end), Some(Token::Colon | Token::Comma)) {
        end += 1;
    }
    if end == tokens.len() && before(start) == Some(Token::Comma) {
        start -= 1;
    }
    let fits = start == 0 || end == tokens.len() || before(start).is_some_and(Token::parts);
    tokens.drain(start..end);
    // A second mark is left over and is not understood below.
    fits.then_some((tokens, true))
}

fn span(tokens: &[Token]) -> Option<Span> {
    match tokens {
        [rest @ .., Token::UpTo] => range(rest).or_else(|| whole(rest).map(Span::Until)),
        [Token::Since, rest @ .., Token::From] | [rest @ .., Token::From] => {
            whole(rest).map(Span::Since)
        }
        [Token::Since, rest @ ..] => range(rest).or_else(|| whole(rest).map(Span::Since)),
        [Token::Of, rest @ ..] => range(rest),
        [Token::To, Token::Present] => Some(Span::Present),
        [Token::To | Token::Dash, rest @ ..] => whole(rest).map(Span::Until),
        [rest @ .., Token::Dash] => whole(rest).map(Span::ToPresent),
        _ => match side(tokens) {
            Some(Side::Whole(date, _)) => Some(Span::On(date)),
            Some(Side::Present) => Some(Span::Present),
            _ => numeric_range(tokens).or_else(|| range(tokens)),
        },
    }
}

/// `2023/24`, `2023/2024`, `2024.03-06`.
fn numeric_range(tokens: &[Token]) -> Option<Span> {
    use Token::{Dash, Dot, Hyphen, Number as N, Slash};
    let (start, end) = match *tokens {
        [N(year), Slash, N(until)] => {
            let year = year.year()?;
            let until = until.year().or_else(|| short_year(year, until))?;
            (Date::Year(year), Date::Year(until))
        }
        [N(year), Dot, N(month), Hyphen | Dash, N(until)] => {
            let year = year.year()?;
            (month_of(year, month)?, month_of(year, until)?)
        }
        _ => return None,
    };
    start.is_before(end).then_some(Span::Between(start, end))
}

/// The two sides of the one parting that makes sense.
fn range(tokens: &[Token]) -> Option<Span> {
    let mut found = None;
    for (i, token) in tokens.iter().enumerate() {
        if !token.parts() {
            continue;
        }
        let (left, right) = tokens.split_at(i);
        if let (Some(left), Some(right)) = (side(left), right.get(1..).and_then(side))
            && let Some(span) = combined(left, right)
            && found.replace(span).is_some()
        {
            return None;
        }
    }
    found
}

/// The range from `left` to `right`, each completed from the other where only one reading is left.
fn combined(left: Side, right: Side) -> Option<Span> {
    use Side::{Bare, Day, DayYear, Month, MonthDay, Present, Season, Whole};
    let (start, end) = match (left, right) {
        (Whole(date, _), Present) => return Some(Span::ToPresent(date)),
        (Whole(start, _), Whole(end, _)) => return Some(Span::Between(start, end)),
        (Month(_) | Season(..) | MonthDay(..), Whole(end, _))
        | (Bare(_), Whole(end, YearIs::Last)) => (left.completed(end)?, end),
        (Whole(start, YearIs::First), Month(_) | Season(..) | Day(_)) => {
            (start, right.completed(start)?)
        }
        (MonthDay(month, day), DayYear(until, year)) => {
            (day_of(year, month, day)?, day_of(year, month, until)?)
        }
        (Whole(Date::Year(year), _), Bare(until)) => {
            (Date::Year(year), Date::Year(short_year(year, until)?))
        }
        _ => return None,
    };
    // "Oct. – Mar. 2024" may run over the new year or be a slip: not for us to say.
    start.is_before(end).then_some(Span::Between(start, end))
}

fn whole(tokens: &[Token]) -> Option<Date> {
    match side(tokens)? {
        Side::Whole(date, _) => Some(date),
        _ => None,
    }
}

/// Reads one date or part of one.
fn side(tokens: &[Token]) -> Option<Side> {
    use Token::{Comma, DaySign, Dot, Hyphen, Month, MonthSign, Number as N, Slash, YearSign};
    let year_first = |date| Side::Whole(date, YearIs::First);
    let year_last = |date| Side::Whole(date, YearIs::Last);
    match *tokens {
        [Token::Present] => Some(Side::Present),
        [Month(month)] => Some(Side::Month(month)),
        [N(month), MonthSign] => month.month().map(Side::Month),
        [Token::Season(season, session)] => Some(Side::Season(season, session)),
        [N(year), YearSign] => year.year().map(|year| year_first(Date::Year(year))),
        [N(number)] => match number.year() {
            Some(year) => Some(year_first(Date::Year(year))),
            None => (number.digits < 3).then_some(Side::Bare(number)),
        },
        [N(day), Dot] => day.day().map(|_| Side::Bare(day)),
        [N(day), DaySign] => day.day().map(Side::Day),
        [N(day), N(year)] | [N(day), Comma, N(year)] => {
            Some(Side::DayYear(day.day()?, year.year()?))
        }

        // Month and year.
        [N(a), Hyphen | Dot | Slash, N(b)] | [N(a), Dot, N(b), Dot] => match a.year() {
            Some(year) => month_of(year, b).map(year_first),
            None => month_of(b.year()?, a).map(year_last),
        },
        [N(year), YearSign, N(month)] | [N(year), YearSign, N(month), MonthSign] => {
            month_of(year.year()?, month).map(year_first)
        }
        [Month(month), Comma | Hyphen | Slash, N(year)] => {
            year.year().map(|year| year_last(Date::Month { year, month }))
        }
        [Month(month), N(number)] => match number.year() {
            Some(year) => Some(year_last(Date::Month { year, month })),
            None => number.day().map(|day| Side::MonthDay(month, day)),
        },
        [N(year), Comma | Hyphen | Slash, Month(month)] => {
            year.year().map(|year| year_first(Date::Month { year, month }))
        }
        [N(number), Month(month)] | [N(number), Dot, Month(month)] => match number.year() {
            Some(year) => Some(year_first(Date::Month { year, month })),
            None => number.day().map(|day| Side::MonthDay(month, day)),
        },

        // Days.
        [N(a), first @ (Hyphen | Dot | Slash), N(b), second, N(c)] if first == second => {
            numeric_day(a, b, c, first)
        }
        [N(a), Dot, N(b), Dot, N(c), Dot] => numeric_day(a, b, c, Dot),
        [N(year), YearSign, N(month), MonthSign, N(day)]
        | [N(year), YearSign, N(month), MonthSign, N(day), DaySign] => {
            day_of(year.year()?, month.month()?, day.day()?).map(year_first)
        }
        [N(a), Month(month), N(b)] => match a.year() {
            Some(year) => day_of(year, month, b.day()?).map(year_first),
            None => day_of(b.year()?, month, a.day()?).map(year_last),
        },
        [N(day), Dot, Month(month), N(year)]
        | [N(day), Month(month), Comma, N(year)]
        | [N(day), Hyphen, Month(month), Hyphen, N(year)]
        | [N(day), Slash, Month(month), Slash, N(year)]
        | [Month(month), N(day), N(year)]
        | [Month(month), N(day), Comma, N(year)] => {
            day_of(year.year()?, month, day.day()?).map(year_last)
        }

        // Seasons and terms.
        [Token::Season(season, session), N(year)]
        | [Token::Season(season, session), Comma, N(year)] => {
            let year = session_year(year, session)?;
            Some(year_last(season_of(year, season, session)))
        }
        [N(year), Token::Season(season, session)]
        | [N(year), YearSign, Token::Season(season, session)] => {
            let year = year.year()?;
            Some(year_first(season_of(year, season, session)))
        }
        // A dash with a full year after it is the dash of a range.
        [Token::Season(season, session), N(year), sign, N(next)]
            if matches!(sign, Slash | Hyphen) || (sign == Token::Dash && next.digits == 2) =>
        {
            let year = session_year(year, session)?;
            into_next(year, season, session, next).map(year_last)
        }
        [N(year), Slash, N(next), Token::Season(season, session)]
        | [N(year), Slash, N(next), YearSign, Token::Season(season, session)] => {
            into_next(year.year()?, season, session, next).map(year_first)
        }
        _ => None,
    }
}

/// Three numbers with the same sign between them; dots always put the day first, other signs do so
/// only for some.
fn numeric_day(a: Number, b: Number, c: Number, sign: Token) -> Option<Side> {
    if let Some(year) = a.year() {
        let date = day_of(year, b.month()?, c.day()?)?;
        return Some(Side::Whole(date, YearIs::First));
    }
    let year = c.year()?;
    let day_first = b.month().and_then(|month| day_of(year, month, a.day()?));
    let month_first = a.month().and_then(|month| day_of(year, month, b.day()?));
    let date = match (day_first, month_first) {
        (Some(date), _) if sign == Token::Dot => date,
        (_, _) if sign == Token::Dot => return None,
        (Some(date), None) | (None, Some(date)) => date,
        (Some(one), Some(other)) if one == other => one,
        _ => return None,
    };
    Some(Side::Whole(date, YearIs::Last))
}

/// `Winter 2023/24`: the second number must name the next year.
fn into_next(year: u16, season: Season, session: Session, next: Number) -> Option<Date> {
    let named = match next.digits {
        4 => next.value == year + 1,
        2 => next.value == (year + 1) % 100,
        _ => false,
    };
    named.then_some(Date::Season { year, season, session, into_next: true })
}

/// Next to the name of a term two digits can only be a year: `WS 23/24`.
fn session_year(number: Number, session: Session) -> Option<u16> {
    let short = number.digits == 2 && session != Session::Season;
    if short { Some(2000 + number.value) } else { number.year() }
}

/// The year that ends a range as in `2022–25`. Up to 12 it could be a month, so it is not taken for
/// a year.
fn short_year(start: u16, number: Number) -> Option<u16> {
    let until = start - start % 100 + number.value;
    (number.digits == 2 && number.value > 12 && until > start).then_some(until)
}

fn season_of(year: u16, season: Season, session: Session) -> Date {
    Date::Season { year, season, session, into_next: false }
}

fn month_of(year: u16, month: Number) -> Option<Date> {
    month.month().map(|month| Date::Month { year, month })
}

fn day_of(year: u16, month: u8, day: u8) -> Option<Date> {
    let days = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    ((1..=12).contains(&month) && (1..=days).contains(&day)).then_some(Date::Day {
        year,
        month,
        day,
    })
}

impl Side {
    /// The date that this side is, given that the rest of it is as in `other`.
    fn completed(self, other: Date) -> Option<Date> {
        match (self, other) {
            (Self::Month(month), Date::Month { year, .. }) => Some(Date::Month { year, month }),
            (Self::Season(season, session), Date::Season { year, into_next, .. }) => {
                (!into_next).then_some(season_of(year, season, session))
            }
            (Self::MonthDay(month, day), Date::Day { year, .. }) => day_of(year, month, day),
            (Self::Day(day), Date::Day { year, month, .. }) => day_of(year, month, day),
            (Self::Bare(day), Date::Day { year, month, .. }) => day_of(year, month, day.day()?),
            _ => None,
        }
    }
}

impl Number {
    /// The years that a CV can hold.
    fn year(self) -> Option<u16> {
        (self.digits == 4 && (1900..2100).contains(&self.value)).then_some(self.value)
    }

    fn month(self) -> Option<u8> {
        self.day().filter(|month| *month <= 12)
    }

    fn day(self) -> Option<u8> {
        u8::try_from(self.value).ok().filter(|day| self.digits < 3 && (1..=31).contains(day))
    }
}

impl Token {
    /// Whether it can stand between the two ends of a range.
    fn parts(self) -> bool {
        matches!(self, Self::Hyphen | Self::Dash | Self::To | Self::From)
    }
}
