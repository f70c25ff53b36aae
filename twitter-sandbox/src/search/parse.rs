//! Reads a query: AND, written as a space, binds before OR; a minus sign negates one term.

use super::{Has, Is, Query, Term};
use crate::text::{folded, words};

/// The longest query that the specification allows.
const LONGEST: usize = 4_096;
/// How deep groups may lie in each other.
const DEEPEST: usize = 32;

/// Reads a query; the error says where it goes wrong.
pub(crate) fn parse(text: &str) -> Result<Query, String> {
    if text.chars().count() > LONGEST {
        return Err(format!("the query is longer than {LONGEST} characters"));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0 };
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
            '"' => {
                let (phrase, after) = quoted(&rest[1..])?;
                (Token::Term(None, format!("\"{phrase}")), after)
            }
            _ => word(rest)?,
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
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
        Some((name, "")) => Err(format!("the operator '{name}:' needs a value")),
        Some((name, value)) => Ok((Token::Term(Some(name.to_owned()), value.to_owned()), after)),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
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
                    Ok(Query::Not(Box::new(Query::Term(term(name.as_deref(), value)?))))
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
            Some(Token::Term(name, value)) => Ok(Query::Term(term(name.as_deref(), value)?)),
            _ => Err("an operand is missing".to_owned()),
        }
    }
}

fn single(mut list: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Query {
    if list.len() == 1 { list.swap_remove(0) } else { join(list) }
}

fn term(operator: Option<&str>, value: &str) -> Result<Term, String> {
    let name = || folded(value.trim_start_matches('@'));
    let number = || value.parse().map_err(|_| format!("'{value}' is not an id"));
    Ok(match operator {
        None => bare(value)?,
        Some("from") => Term::From(name()),
        Some("to") => Term::To(name()),
        Some("retweets_of") => Term::RepostsOf(name()),
        Some("url") => Term::Url(folded(value)),
        Some("lang") => Term::Lang(folded(value)),
        Some("conversation_id") => Term::Conversation(number()?),
        Some("in_reply_to_tweet_id") => Term::ReplyToPost(number()?),
        Some("quotes_of_tweet_id") => Term::QuoteOf(number()?),
        Some("has") => Term::Has(has(value).ok_or_else(|| unknown("has", value))?),
        Some("is") => Term::Is(is(value).ok_or_else(|| unknown("is", value))?),
        Some(other) => return Err(format!("reference to invalid operator '{other}'")),
    })
}

/// A term without a colon: a tag, a mention, a quoted phrase or a word.
fn bare(value: &str) -> Result<Term, String> {
    let marked = |mark: &[char]| value.strip_prefix(mark).filter(|rest| !rest.is_empty());
    if let Some(tag) = marked(&['#', '＃']) {
        return Ok(Term::Hashtag(folded(tag)));
    }
    if let Some(name) = marked(&['@', '＠']) {
        return Ok(Term::Mention(folded(name)));
    }
    let ticker = marked(&['$']).filter(|rest| rest.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if let Some(ticker) = ticker {
        return Ok(Term::Cashtag(folded(ticker)));
    }
    let words = words(value);
    if words.is_empty() { Err(format!("'{value}' is no word")) } else { Ok(Term::Words(words)) }
}

fn has(value: &str) -> Option<Has> {
    Some(match value {
        "media" => Has::Media,
        "images" => Has::Images,
        "videos" | "video_link" => Has::Videos,
        "links" => Has::Links,
        "mentions" => Has::Mentions,
        "hashtags" => Has::Hashtags,
        "cashtags" => Has::Cashtags,
        "geo" => Has::Geo,
        _ => return None,
    })
}

fn is(value: &str) -> Option<Is> {
    Some(match value {
        "reply" => Is::Reply,
        "retweet" => Is::Repost,
        "quote" => Is::Quote,
        "verified" => Is::Verified,
        _ => return None,
    })
}

fn unknown(operator: &str, value: &str) -> String {
    format!("the operator '{operator}:' has no value '{value}'")
}

/// Whether some term narrows the search by itself.
fn standalone(query: &Query) -> bool {
    match query {
        Query::All(parts) => parts.iter().any(standalone),
        Query::Any(branches) => branches.iter().all(standalone),
        Query::Not(_) => false,
        Query::Term(Term::Has(_) | Term::Is(_) | Term::Lang(_)) => false,
        Query::Term(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Has, Query, Term, parse};

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
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"(".repeat(4_000)).is_err());
        assert!(parse(&"a ".repeat(4_000)).is_err());
    }
}
