//! Reads a query: AND, written as a space, binds before OR; a minus sign negates one term.

use super::operators::{Language, term};
use super::{Is, Query, Term};
use crate::text::{folded, lowered};

/// The longest query that the specification allows.
const LONGEST: usize = 4_096;
/// How deep groups may lie in each other.
const DEEPEST: usize = 32;

/// Reads a query of search; the error says where it goes wrong.
pub(crate) fn parse(text: &str) -> Result<Query, String> {
    read(text, Language { fold: folded, rule: false })
}

/// Reads a rule of the filtered stream, which minds accents and knows some more operators.
pub(crate) fn parse_rule(text: &str) -> Result<Query, String> {
    read(text, Language { fold: lowered, rule: true })
}

fn read(text: &str, language: Language) -> Result<Query, String> {
    if text.chars().count() > LONGEST {
        return Err(format!("the query is longer than {LONGEST} characters"));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, language, at: 0, depth: 0 };
    let query = parser.any()?;
    match parser.peek() {
        Some(_) => Err("there is a closing parenthesis too many".to_owned()),
        None if standalone(&query) => Ok(query),
        None => Err("operators such as has:, is: and lang: must stand beside a word, a tag, a \
                     mention or a user"
            .to_owned()),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Or,
    Minus,
    /// A term with the operator before its colon, if any.
    Term(Option<String>, String),
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '(' => (Token::Open, &rest[1..]),
            ')' => (Token::Close, &rest[1..]),
            '-' if rest.len() > 1 => (Token::Minus, &rest[1..]),
            '"' => phrase(&rest[1..])?,
            _ => word(rest)?,
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

/// A quoted phrase, or words near each other if a tilde and a number follow.
fn phrase(text: &str) -> Result<(Token, &str), String> {
    let (phrase, after) = quoted(text)?;
    let Some(number) = after.strip_prefix('~') else {
        return Ok((Token::Term(None, format!("\"{phrase}")), after));
    };
    let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    let (distance, after) = number.split_at(end);
    Ok((Token::Term(Some(format!("~{distance}")), phrase.to_owned()), after))
}

fn quoted(text: &str) -> Result<(&str, &str), String> {
    text.split_once('"').ok_or_else(|| "a quotation is not closed".to_owned())
}

fn word(text: &str) -> Result<(Token, &str), String> {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '"');
    let end = text.find(ends).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    if word == "OR" {
        return Ok((Token::Or, after));
    }
    let named = word.split_once(':').filter(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    });
    match named {
        None => Ok((Token::Term(None, word.to_owned()), after)),
        Some((name, "")) if after.starts_with('"') => {
            let (value, after) = quoted(&after[1..])?;
            Ok((Token::Term(Some(name.to_owned()), value.to_owned()), after))
        }
        Some((name, value)) if value.starts_with('[') => {
            let bracket = &text[name.len() + 2..];
            let closed = bracket.split_once(']');
            let (value, after) = closed.ok_or_else(|| "a bracket is not closed".to_owned())?;
            Ok((Token::Term(Some(name.to_owned()), value.to_owned()), after))
        }
        Some((name, "")) => Err(format!("the operator '{name}:' needs a value")),
        Some((name, value)) => Ok((Token::Term(Some(name.to_owned()), value.to_owned()), after)),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    language: Language,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn any(&mut self) -> Result<Query, String> {
        let mut branches = vec![self.all()?];
        while self.peek() == Some(&Token::Or) {
            self.at += 1;
            branches.push(self.all()?);
        }
        Ok(single(branches, Query::Any))
    }

    fn all(&mut self) -> Result<Query, String> {
        let mut parts = Vec::new();
        while let Some(token) = self.peek() {
            match token {
                Token::Or | Token::Close => break,
                _ => parts.push(self.part()?),
            }
        }
        if parts.is_empty() {
            return Err("an operand is missing".to_owned());
        }
        Ok(single(parts, Query::All))
    }

    fn part(&mut self) -> Result<Query, String> {
        let token = self.peek();
        self.at += 1;
        match token {
            Some(Token::Minus) => match self.peek() {
                Some(Token::Term(name, value)) => {
                    self.at += 1;
                    let term = term(name.as_deref(), value, self.language)?;
                    if matches!(term, Term::Sample(_)) {
                        return Err("the operator 'sample:' cannot be negated".to_owned());
                    }
                    Ok(Query::Not(Box::new(Query::Term(term))))
                }
                Some(Token::Open) => Err("groups cannot be negated".to_owned()),
                _ => Err("a minus sign must stand before an operator".to_owned()),
            },
            Some(Token::Open) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err("groups lie too deep in each other".to_owned());
                }
                let query = self.any()?;
                if self.peek() != Some(&Token::Close) {
                    return Err("a parenthesis is not closed".to_owned());
                }
                self.at += 1;
                self.depth -= 1;
                Ok(query)
            }
            Some(Token::Term(name, value)) => {
                let term = term(name.as_deref(), value, self.language)?;
                if term == Term::Is(Is::Nullcast) {
                    return Err("the operator 'is:nullcast' must be negated".to_owned());
                }
                Ok(Query::Term(term))
            }
            _ => Err("an operand is missing".to_owned()),
        }
    }
}

fn single(mut list: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Query {
    if list.len() == 1 { list.swap_remove(0) } else { join(list) }
}

/// Whether some term narrows the search by itself.
fn standalone(query: &Query) -> bool {
    match query {
        Query::All(parts) => parts.iter().any(standalone),
        Query::Any(branches) => branches.iter().all(standalone),
        Query::Not(_) => false,
        Query::Term(Term::Has(_) | Term::Is(_) | Term::Lang(_) | Term::Sample(_)) => false,
        Query::Term(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Query, Term, parse, parse_rule};
    use crate::search::{Counter, Has};

    fn word(text: &str) -> Query {
        Query::Term(Term::Words(vec![text.to_owned()]))
    }

    #[test]
    fn and_binds_before_or() {
        let both = Query::All(vec![word("a"), word("b")]);
        assert_eq!(parse("a b OR c"), Ok(Query::Any(vec![both, word("c")])));
        let either = Query::Any(vec![word("b"), word("c")]);
        assert_eq!(parse("a(b OR c)"), Ok(Query::All(vec![word("a"), either])));
    }

    #[test]
    fn terms_are_told_apart() {
        let query = parse("\"Crème brûlée\" #Été -@You from:Me has:links 12:30 $EXMP").unwrap();
        let term = |term| Query::Term(term);
        assert_eq!(
            query,
            Query::All(vec![
                term(Term::Words(vec!["creme".into(), "brulee".into()])),
                term(Term::Hashtag("ete".into())),
                Query::Not(Box::new(term(Term::Mention("you".into())))),
                term(Term::From("me".into())),
                term(Term::Has(Has::Links)),
                term(Term::Words(vec!["12".into(), "30".into()])),
                term(Term::Cashtag("exmp".into())),
            ])
        );
    }

    #[test]
    fn rules_mind_accents_and_know_more() {
        let rule = parse_rule("Café \"a b\"~3 followers_count:10..20 sample:5 🦀 -is:nullcast");
        let Ok(Query::All(parts)) = rule else { panic!("{rule:?}") };
        assert_eq!(parts[0], word("café"));
        let near = Term::Near(vec!["a".to_owned(), "b".to_owned()], 3);
        assert_eq!(parts[1], Query::Term(near));
        assert_eq!(parts[2], Query::Term(Term::Count(Counter::Followers, 10, 20)));
        assert_eq!(parts[3], Query::Term(Term::Sample(5)));
        assert_eq!(parts[4], Query::Term(Term::Signs("🦀".to_owned())));
        assert!(parse("a sample:5").is_err(), "search has no samples");
        for text in [
            "a -sample:5",
            "sample:5",
            "a sample:0",
            "a is:nullcast",
            "\"a b\"~7",
            "min_followers:a",
        ] {
            assert!(parse_rule(text).is_err(), "{text}");
        }
    }

    #[test]
    fn operators_that_only_x_has_are_told_from_those_that_nobody_has() {
        for name in ["embedding", "embedding_threshold", "list", "url_description", "url_title"] {
            let refusal = parse_rule(&format!("{name}:a")).unwrap_err();
            assert!(refusal.contains(&format!("the sandbox does not know '{name}:'")), "{refusal}");
        }
        assert_eq!(parse("foo:a").unwrap_err(), "reference to invalid operator 'foo'");
    }

    #[test]
    fn bad_queries_are_refused() {
        for text in [
            "",
            " ",
            "(",
            ")",
            "(a",
            "a)",
            "()",
            "\"a",
            "OR",
            "a OR",
            "OR a",
            "-",
            "a -",
            "--a",
            "a -(b)",
            "from:",
            "foo:bar",
            "has:nothing",
            "is:",
            "lang:en",
            "-a",
            "a OR has:links",
            "conversation_id:x",
            "!!!",
            "#",
            "is:reply -is:quote",
            "point_radius:[2.35 48.86 10mi",
            "point_radius:[2.35 48.86 30mi]",
            "bounding_box:2.2,48.8,2.5,48.9",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"(".repeat(4_000)).is_err());
        assert!(parse(&"a ".repeat(4_000)).is_err());
    }
}
