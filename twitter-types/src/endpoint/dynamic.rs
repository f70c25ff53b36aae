//! An operation that is chosen at run time, with parameters that are texts.

use std::{error, fmt};

use http::HeaderValue;

use super::{
    BaseUrl, Body, Bytes, Error, Operation, OutOfRange, ParameterInfo, ParameterKind, Query, Reply,
    Request, Response, Stamp,
    pages::{Progress, fingerprint},
    reply, segment, unauthorized,
};
use crate::{
    OPERATIONS,
    auth::{AnyKind, Credential},
    json::Json,
    model::Vocabulary,
};

/// An operation that is chosen at run time, by its name: for commands, and for bridges to other
/// languages. Programs that know what they ask for have a type for each operation.
///
/// ```
/// use twitter_types::auth::{AnyCredential, AppToken};
/// use twitter_types::endpoint::{BaseUrl, Dynamic, Stamp};
///
/// let mut search = Dynamic::new("posts.search_recent")?;
/// search.set("query", "from:XDevelopers")?;
/// search.set("max_results", "10")?;
/// let credential = AnyCredential::new().with_app(AppToken::new("AAAA%2Fexample")?);
/// let request = search.request(&BaseUrl::default(), &credential, &Stamp::now())?;
/// assert_eq!(
///     request.uri(),
///     "https://api.x.com/2/tweets/search/recent?query=from%3AXDevelopers&max_results=10"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Dynamic {
    operation: &'static Operation,
    parameters: Vec<(ParameterInfo, Option<String>)>,
    body: Option<Vec<u8>>,
    progress: Progress,
}

impl Dynamic {
    /// The operation with this name, such as `users.me`, or with this `operationId`.
    ///
    /// # Errors
    ///
    /// If there is none; the error names some that are alike.
    pub fn new(name: &str) -> Result<Self, DynamicError> {
        let operation = Operation::find(name).ok_or_else(|| DynamicError::UnknownOperation {
            name: name.into(),
            alike: alike(name, OPERATIONS.iter().map(Operation::name)),
        })?;
        let parameters = operation.parameters().into_iter().map(|info| (info, None)).collect();
        Ok(Self { operation, parameters, body: None, progress: Progress::new() })
    }

    /// What is asked.
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Sets a parameter of the path or of the query; a list has commas between its values.
    ///
    /// # Errors
    ///
    /// If the operation has no such parameter, or the value is none that X takes.
    pub fn set(&mut self, name: &str, value: impl Into<String>) -> Result<(), DynamicError> {
        let value = value.into();
        let known = self.parameters.iter_mut().find(|(info, _)| info.name == name);
        let Some((info, place)) = known else {
            let names = self.parameters.iter().map(|(info, _)| info.name.to_owned());
            return Err(DynamicError::UnknownParameter {
                name: name.into(),
                operation: self.operation.name(),
                alike: alike(name, names),
            });
        };
        check(info, &value)?;
        *place = Some(value);
        Ok(())
    }

    /// Sets the body: JSON, or the bytes of a file where the operation takes those.
    ///
    /// # Errors
    ///
    /// If the operation takes no body, or the body has not its shape.
    pub fn set_body(&mut self, body: impl Into<Vec<u8>>) -> Result<(), DynamicError> {
        let body = body.into();
        let shape = self.operation.body;
        if shape.content_type().is_none() {
            return Err(DynamicError::NoBody { operation: self.operation.name() });
        }
        shape.reread(&body, Vocabulary::Current).map_err(DynamicError::Body)?;
        self.body = Some(body);
        Ok(())
    }

    /// The parameters that the operation cannot go without, and that are not set.
    pub fn missing(&self) -> impl Iterator<Item = &ParameterInfo> {
        let unset = self.parameters.iter().filter(|(info, value)| info.required && value.is_none());
        unset.map(|(info, _)| info)
    }

    /// Builds and authorizes a request.
    ///
    /// # Errors
    ///
    /// If a parameter is missing, no credential at hand is accepted, or the URL comes out too long.
    pub fn request<C: Credential<Kind = AnyKind>>(
        &self,
        base: &BaseUrl,
        credential: &C,
        stamp: &Stamp<'_>,
    ) -> Result<Request, Error> {
        let mut request = self.unauthorized(base)?;
        credential.authorize(&mut request, self.operation.credentials, stamp)?;
        Ok(request)
    }

    pub(super) fn unauthorized(&self, base: &BaseUrl) -> Result<Request, Error> {
        if let Some(info) = self.missing().next() {
            return Err(Error::MissingParameter(info.name));
        }
        let mut path = self.operation.path.to_owned();
        let set = || self.parameters.iter().filter_map(|(info, v)| Some((info, v.as_ref()?)));
        for (info, value) in set().filter(|(info, _)| info.in_path) {
            path = path.replace(&format!("{{{}}}", info.name), &segment(value));
        }
        let mut query = Query::new(path);
        set().filter(|(info, _)| !info.in_path).for_each(|(info, value)| {
            query.push(info.name, value);
        });
        unauthorized(base, self.operation.method.clone(), &query.finish()?, self.body())
    }

    /// Where a JSON body is expected, none is an empty one.
    fn body(&self) -> Body {
        let content_type = self.operation.body.content_type();
        let is_json = content_type == Some("application/json");
        let bytes = self.body.clone().or_else(|| is_json.then(|| b"{}".to_vec()));
        let content_type = content_type.map(HeaderValue::from_static);
        bytes.map_or_else(Body::empty, |bytes| Body { bytes, content_type })
    }

    /// Reads the response: any JSON, or bytes where the operation answers those.
    ///
    /// # Errors
    ///
    /// X's refusal, or an answer that is no JSON.
    pub fn reply(&self, response: Response) -> Result<Reply<DynamicBody>, Error> {
        let id = self.operation.id;
        match self.operation.response.content_type() {
            Some("application/json") => Ok(reply::read(id, response)?.map(DynamicBody::Json)),
            _ => {
                Ok(reply::read::<Bytes>(id, response)?.map(|it| DynamicBody::Bytes(it.into_vec())))
            }
        }
    }

    /// Takes a page, and turns to the next one; tells whether there is one.
    ///
    /// # Errors
    ///
    /// [`Error::NoProgress`] if the pages go in circles.
    pub fn next_page(&mut self, page: &DynamicBody) -> Result<bool, Error> {
        let DynamicBody::Json(page) = page else { return Ok(false) };
        let items = page.get("data").and_then(Json::as_array).filter(|items| !items.is_empty());
        let token = page.get("meta").and_then(|meta| meta.get("next_token"));
        let token = token.and_then(Json::as_str).filter(|token| !token.is_empty());
        let token = self.progress.receive(token, items.map(fingerprint))?;
        for name in ["pagination_token", "next_token"] {
            let place = self.parameters.iter_mut().find(|(info, _)| info.name == name);
            if let (Some(token), Some((_, place))) = (&token, place) {
                *place = Some(token.clone());
                return Ok(true);
            }
        }
        self.progress.next().map_or(Ok(false), |next| next.map(|()| false))
    }
}

/// What a [`Dynamic`] operation answers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum DynamicBody {
    /// JSON, as it came.
    Json(Json),
    /// A file, or the lines of a stream.
    Bytes(Vec<u8>),
}

fn check(info: &ParameterInfo, value: &str) -> Result<(), DynamicError> {
    let wrong = |expected| {
        let value = value.chars().take(40).collect();
        Err(DynamicError::WrongValue { name: info.name, value, expected })
    };
    let size = match info.kind {
        ParameterKind::Number => match value.parse() {
            Ok(number) => number,
            Err(_) => return wrong("a whole number"),
        },
        ParameterKind::Truth if !["true", "false"].contains(&value) => {
            return wrong("true or false");
        }
        ParameterKind::List => value.split(',').count() as u64,
        // RFC 3986, section 5.2.4: these would lead to another path, however they are encoded.
        _ if info.in_path && matches!(value, "" | "." | "..") => return wrong("an id or a name"),
        _ => value.chars().count() as u64,
    };
    match info.range.clone().filter(|range| !range.contains(&size)) {
        Some(range) => Err(DynamicError::OutOfRange(OutOfRange { name: info.name, size, range })),
        None => Ok(()),
    }
}

/// Up to three names that share most letters with a wrong one, the best first.
fn alike(wrong: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let pairs = |text: &str| {
        let letters: Vec<char> =
            text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    let wanted = pairs(wrong);
    let shared = |name: &str| {
        let found = pairs(name);
        let common = wanted.iter().filter(|pair| found.contains(pair)).count();
        common * 200 / (wanted.len() + found.len()).max(1)
    };
    let mut names: Vec<_> = names.map(|name| (shared(&name), name)).collect();
    names.retain(|(score, _)| *score >= 40);
    names.sort_by(|(one, _), (other, _)| other.cmp(one));
    names.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Why an operation cannot be asked as it is; nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum DynamicError {
    /// There is no such operation.
    #[non_exhaustive]
    UnknownOperation {
        /// The name.
        name: String,
        /// Some that are alike.
        alike: Vec<String>,
    },
    /// The operation has no such parameter.
    #[non_exhaustive]
    UnknownParameter {
        /// The name.
        name: String,
        /// The operation.
        operation: String,
        /// Some that are alike.
        alike: Vec<String>,
    },
    /// The value is not of the parameter's kind.
    #[non_exhaustive]
    WrongValue {
        /// The parameter.
        name: &'static str,
        /// The beginning of the value.
        value: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// The value is out of the parameter's range.
    OutOfRange(OutOfRange),
    /// The operation takes no body.
    #[non_exhaustive]
    NoBody {
        /// The operation.
        operation: String,
    },
    /// The body has not the shape that the operation takes.
    Body(serde_json::Error),
}

impl fmt::Display for DynamicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let alike = |f: &mut fmt::Formatter<'_>, alike: &[String]| match alike {
            [] => Ok(()),
            names => write!(f, "; did you mean {}?", names.join(", ")),
        };
        match self {
            Self::UnknownOperation { name, alike: names } => {
                write!(f, "there is no operation {name:?}")?;
                alike(f, names)
            }
            Self::UnknownParameter { name, operation, alike: names } => {
                write!(f, "{operation} has no parameter {name:?}")?;
                alike(f, names)
            }
            Self::WrongValue { name, value, expected } => {
                write!(f, "{name} is {value:?}, where {expected} belongs")
            }
            Self::OutOfRange(error) => error.fmt(f),
            Self::NoBody { operation } => write!(f, "{operation} takes no body"),
            Self::Body(error) => write!(f, "the body is not what the operation takes: {error}"),
        }
    }
}

impl error::Error for DynamicError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        if let Self::Body(error) = self { Some(error) } else { None }
    }
}
