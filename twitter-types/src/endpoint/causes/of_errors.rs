//! The cause of each error.

use http::StatusCode;

use super::{Cause, Seen, codes, local, statuses};
use crate::{
    auth::{OAuth1LoginError, OAuth1RefusalCause},
    endpoint::{Error, LimitKind, TransportError},
    problem::Problem,
    upload::UploadError,
};
use bearer::{RefreshError, Refusal};

impl Error {
    /// Why it failed, by the [table of causes](super).
    pub fn why(&self) -> &'static Cause {
        match self {
            Self::Api(error) => error.why(),
            Self::Decode(error) => error.why(),
            Self::Transport(error) => error.why(),
            Self::OutOfRange(_) => &local::OUT_OF_RANGE,
            Self::MissingParameter(_) => &local::MISSING_PARAMETER,
            Self::UrlTooLong => &local::URL_TOO_LONG,
            Self::NoCredential { .. } => &local::NO_CREDENTIAL,
            Self::Renewal(error) => Cause::of_renewal(error),
            Self::NotRenewed => &local::NOT_RENEWED,
            Self::Signing(_) => &local::NOT_SIGNED,
            Self::RateLimited { kind, .. } => of_limit(*kind),
            Self::OutcomeUnknown { .. } => &local::OUTCOME_UNKNOWN,
            Self::NotPosted { .. } => &local::NOT_POSTED,
            Self::DeadlinePassed { source: None } => &local::DEADLINE_BEFORE,
            Self::DeadlinePassed { source: Some(_) } => &local::DEADLINE,
            Self::NoProgress => &local::NO_PROGRESS,
            Self::OverBudget(_) => &local::OVER_BUDGET,
        }
    }

    /// What to do next, in one sentence.
    pub fn explain(&self) -> &'static str {
        self.why().next
    }
}

impl TransportError {
    /// Why it failed, by the [table of causes](super).
    pub const fn why(&self) -> &'static Cause {
        local::of_transport(self.kind())
    }
}

impl Problem {
    /// What it means, by the [table of causes](crate::endpoint::causes); `None` if it says nothing that
    /// is known. The problems beside the data of a reply have causes too.
    pub fn why(&self) -> Option<&'static Cause> {
        let problems = self.clone().flatten();
        Cause::of(&Seen { problems: &problems, ..Seen::default() })
            .filter(|cause| **cause != statuses::UNEXPLAINED)
    }
}

impl OAuth1LoginError {
    /// Why it failed, by the [table of causes](crate::endpoint::causes).
    pub fn why(&self) -> &'static Cause {
        match self {
            Self::Denied => &codes::ACCESS_DENIED,
            Self::OtherLogin => &local::OTHER_LOGIN,
            Self::BadCallback(_) => &local::BAD_CALLBACK,
            Self::CallbackNotConfirmed => &local::CALLBACK_NOT_CONFIRMED,
            Self::BadReply(_) => &local::ANSWER_NO_JSON,
            Self::Unusable(_) => &local::NO_TOKEN_IN_ANSWER,
            Self::Signing(_) => &local::NOT_SIGNED,
            Self::Refused(refusal) => match refusal.cause {
                OAuth1RefusalCause::CallbackNotApproved => &codes::CALLBACK,
                OAuth1RefusalCause::BadKeys => &codes::BAD_KEYS,
                OAuth1RefusalCause::ClockOff => &codes::CLOCK_OFF,
                OAuth1RefusalCause::BadVerifier => &local::BAD_VERIFIER,
                OAuth1RefusalCause::TokenEnded => &codes::TOKEN_ENDED,
                OAuth1RefusalCause::RateLimited => &statuses::WINDOW,
                OAuth1RefusalCause::ServerTrouble | OAuth1RefusalCause::Other => {
                    of_status(refusal.status)
                }
            },
        }
    }
}

impl UploadError {
    /// Why it failed, by the [table of causes](crate::endpoint::causes).
    pub fn why(&self) -> &'static Cause {
        match self {
            Self::Empty => &local::FILE_EMPTY,
            Self::UnknownType => &local::FILE_TYPE,
            Self::WrongType { .. } => &local::FILE_PLACE,
            Self::TooLarge { .. } => &local::FILE_TOO_LARGE,
            Self::Option(_) => &local::FILE_OPTION,
            Self::Unreadable(_) => &local::UPLOAD_UNREADABLE,
            Self::OtherFile => &local::UPLOAD_OF_OTHER_FILE,
            Self::Expired => &local::UPLOAD_FORGOTTEN,
            Self::Read(_) => &local::FILE_UNREADABLE,
            Self::NoData => &local::UPLOAD_UNNAMED,
            Self::Processing { .. } => &local::FILE_NOT_USABLE,
            Self::Late { .. } => &local::FILE_NOT_PROCESSED,
            Self::Call(error) => error.why(),
        }
    }
}

impl Cause {
    /// Why there is no fresh access token.
    pub fn of_renewal(error: &RefreshError) -> &'static Self {
        match error {
            RefreshError::LoggedOut => &local::LOGGED_OUT,
            RefreshError::NoRefreshToken => &local::NO_REFRESH_TOKEN,
            RefreshError::Spent(refusal) => of_refusal(refusal),
            RefreshError::Reply(error) => Self::of_token_reply(error),
            RefreshError::NoReply => &local::RENEWAL_UNANSWERED,
            RefreshError::Busy { .. } => &local::STORE_BUSY,
            // Store, and what a later version may add, which is about the store as well or as badly.
            _ => &local::STORE,
        }
    }

    /// Why a reply of the token endpoints yields no token.
    pub fn of_token_reply(error: &bearer::Error) -> &'static Self {
        match error {
            bearer::Error::Refused(refusal) => of_refusal(refusal),
            bearer::Error::NotJson { truncated: true, .. } => &local::ANSWER_CUT_OFF,
            bearer::Error::NotJson { .. } => &local::ANSWER_NO_JSON,
            bearer::Error::Empty { .. } => &local::ANSWER_EMPTY,
            _ => &local::NO_TOKEN_IN_ANSWER,
        }
    }
}

const fn of_limit(kind: LimitKind) -> &'static Cause {
    match kind {
        LimitKind::Window => &statuses::WINDOW,
        LimitKind::AppDay => &statuses::APP_DAY,
        LimitKind::UserDay => &statuses::USER_DAY,
        LimitKind::Cap => &statuses::CAP,
    }
}

fn of_status(status: StatusCode) -> &'static Cause {
    of(&Seen { status: Some(status.as_u16()), ..Seen::default() })
}

/// A refusal by a token endpoint, of which the label is what a problem has in one of three places.
fn of_refusal(refusal: &Refusal) -> &'static Cause {
    let mut problem = Problem::new();
    problem.code = refusal.code.and_then(|code| u64::try_from(code).ok());
    problem.error.clone_from(&refusal.label);
    problem.type_url.clone_from(&refusal.label);
    problem.message.clone_from(&refusal.message);
    let is_limit = refusal.status == StatusCode::TOO_MANY_REQUESTS || problem.code == Some(88);
    of(&Seen {
        problems: &[problem],
        status: Some(refusal.status.as_u16()),
        limit: is_limit.then_some(LimitKind::Window),
        ..Seen::default()
    })
}

pub(in crate::endpoint) fn of(seen: &Seen<'_>) -> &'static Cause {
    Cause::of(seen).unwrap_or(&statuses::UNEXPLAINED)
}
