//! The causes of errors that have no answer of X to go by.

use super::{Cause, Sign};
use crate::endpoint::TransportErrorKind;

/// What is told by the variant of an error.
pub(super) const ROWS: &[Cause] = &[
    // No answer.
    CONNECT,
    TIMEOUT,
    CLOSED,
    TOO_LARGE,
    REFUSED,
    NOT_RECORDED,
    OTHER,
    // An answer that is none.
    ANSWER_EMPTY,
    ANSWER_NO_JSON,
    ANSWER_CUT_OFF,
    ANSWER_UNKNOWN,
    // Nothing was sent.
    OUT_OF_RANGE,
    MISSING_PARAMETER,
    URL_TOO_LONG,
    NO_CREDENTIAL,
    NOT_RENEWED,
    NOT_SIGNED,
    OVER_BUDGET,
    // How a call ended.
    OUTCOME_UNKNOWN,
    NOT_POSTED,
    DEADLINE_BEFORE,
    DEADLINE,
    NO_PROGRESS,
    // Renewals and logins.
    LOGGED_OUT,
    NO_REFRESH_TOKEN,
    RENEWAL_UNANSWERED,
    STORE,
    STORE_BUSY,
    NO_TOKEN_IN_ANSWER,
    OTHER_LOGIN,
    BAD_CALLBACK,
    CALLBACK_NOT_CONFIRMED,
    BAD_VERIFIER,
    // Uploads.
    FILE_EMPTY,
    FILE_TYPE,
    FILE_PLACE,
    FILE_TOO_LARGE,
    FILE_OPTION,
    UPLOAD_UNREADABLE,
    UPLOAD_OF_OTHER_FILE,
    UPLOAD_FORGOTTEN,
    FILE_UNREADABLE,
    UPLOAD_UNNAMED,
    FILE_NOT_USABLE,
    FILE_NOT_PROCESSED,
];

const CONNECT: Cause = variant(
    "TransportErrorKind::Connect",
    "no-connection",
    "no connection to the server",
    "check the network and the base URL",
);
const TIMEOUT: Cause = variant(
    "TransportErrorKind::Timeout",
    "no-answer-in-time",
    "no answer in the time allowed",
    "send a read again; look whether a write was carried out, before you send it again",
);
const CLOSED: Cause = variant(
    "TransportErrorKind::Closed",
    "connection-lost",
    "the connection ended before the answer did",
    "send a read again; look whether a write was carried out, before you send it again",
);
const TOO_LARGE: Cause = variant(
    "TransportErrorKind::TooLarge",
    "answer-too-large",
    "the answer is longer than this client takes",
    "ask for less at once",
);
const REFUSED: Cause = variant(
    "TransportErrorKind::Refused",
    "credential-kept-back",
    "the request was not sent, since it would have shown a credential to a stranger",
    "check the base URL",
);
const NOT_RECORDED: Cause = variant(
    "TransportErrorKind::NotRecorded",
    "not-recorded",
    "the recording has no answer to this request",
    "record it anew, or ask what was asked: the error's source says which requests it has",
);
const OTHER: Cause = variant(
    "TransportErrorKind::Other",
    "exchange-failed",
    "the exchange with the server failed",
    "the error's source says why",
);
pub(in crate::endpoint) const ANSWER_EMPTY: Cause = variant(
    "Error::Decode, no body",
    "answer-empty",
    "an empty body came where an answer belongs",
    "X may have carried it out all the same, so look before you send it again",
);
pub(in crate::endpoint) const ANSWER_NO_JSON: Cause = variant(
    "Error::Decode, no JSON",
    "answer-no-json",
    "something else than JSON came, such as the page of a proxy or of a login",
    "look for what is between you and X, and check the base URL",
);
pub(in crate::endpoint) const ANSWER_CUT_OFF: Cause = variant(
    "Error::Decode, cut off",
    "answer-cut-off",
    "the answer ends too early",
    "send a read again",
);
pub(in crate::endpoint) const ANSWER_UNKNOWN: Cause = variant(
    "Error::Decode",
    "answer-unknown",
    "the answer is not what the operation answers",
    "look at it with `DecodeError::body`, and report it",
);
pub(super) const OUT_OF_RANGE: Cause = variant(
    "Error::OutOfRange",
    "out-of-range",
    "a parameter is out of its range, and nothing was sent",
    "set it to what the error names",
);
pub(super) const MISSING_PARAMETER: Cause = variant(
    "Error::MissingParameter",
    "parameter-missing",
    "a parameter that the operation cannot go without is not set, and nothing was sent",
    "set it",
);
pub(super) const URL_TOO_LONG: Cause = variant(
    "Error::UrlTooLong",
    "url-too-long",
    "the URL is too long to be sent",
    "ask for fewer ids or fields at once",
);
pub(super) const NO_CREDENTIAL: Cause = variant(
    "Error::NoCredential",
    "no-credential",
    "the operation accepts none of the credentials at hand, and nothing was sent",
    "add one of the kinds that the error names",
);
pub(super) const NOT_RENEWED: Cause = variant(
    "Error::NotRenewed",
    "not-renewed",
    "the session has no token at hand",
    "renew it first, or send by a `Call`, which does",
);
pub(super) const NOT_SIGNED: Cause = variant(
    "Error::Signing",
    "not-signed",
    "the request cannot be signed, and nothing was sent",
    "the error's source says why",
);
pub(super) const OVER_BUDGET: Cause = variant(
    "Error::OverBudget",
    "over-budget",
    "the budget does not let the call through, and nothing was sent",
    "ask for less, wait, or raise the budget",
);
pub(super) const OUTCOME_UNKNOWN: Cause = variant(
    "Error::OutcomeUnknown",
    "outcome-unknown",
    "it may have been carried out, its source says why that is unknown",
    "look before you send it again",
);
pub(super) const NOT_POSTED: Cause = variant(
    "Error::NotPosted",
    "not-posted",
    "no answer came, and the post was not among the user's latest: it was hardly created",
    "send it again if one too many does no harm",
);
pub(super) const DEADLINE_BEFORE: Cause = variant(
    "Error::DeadlinePassed, no attempt",
    "no-time-to-begin",
    "the time allowed was over before anything was sent",
    "allow more",
);
pub(super) const DEADLINE: Cause = variant(
    "Error::DeadlinePassed",
    "deadline-passed",
    "the time allowed is over, and its source says what came of it so far",
    "allow more",
);
pub(super) const NO_PROGRESS: Cause = variant(
    "Error::NoProgress",
    "paging-in-circles",
    "X named a page that it gave before as the next one",
    "stop here, or begin again later",
);
pub(super) const LOGGED_OUT: Cause = variant(
    "RefreshError::LoggedOut",
    "logged-out",
    "there are no tokens of a user",
    "log the user in",
);
pub(super) const NO_REFRESH_TOKEN: Cause = variant(
    "RefreshError::NoRefreshToken",
    "no-refresh-token",
    "the access token has ended, and there is no refresh token to obtain another with",
    "log the user in again, with the scope offline.access",
);
pub(super) const RENEWAL_UNANSWERED: Cause = variant(
    "RefreshError::NoReply",
    "renewal-unanswered",
    "the access token was not renewed, because no reply came",
    "check the network, then try again; the refresh token is kept",
);
pub(super) const STORE: Cause = variant(
    "RefreshError::Store",
    "token-store-failed",
    "the tokens cannot be read or kept",
    "the error says what to do about the store",
);
pub(super) const STORE_BUSY: Cause = variant(
    "RefreshError::Busy",
    "token-store-busy",
    "another task or process has been renewing the tokens for two minutes",
    "end it if it hangs, then try again",
);
pub(super) const NO_TOKEN_IN_ANSWER: Cause = variant(
    "bearer::Error",
    "no-token-in-answer",
    "the answer can be read, but holds no token that can be used",
    "check that the base URL leads to the X API",
);
pub(super) const OTHER_LOGIN: Cause = variant(
    "OAuth1LoginError::OtherLogin",
    "other-login",
    "the callback belongs to another login",
    "use the page that was opened last, or begin the login again",
);
pub(super) const BAD_CALLBACK: Cause = variant(
    "OAuth1LoginError::BadCallback",
    "callback-incomplete",
    "the callback lacks what it should bring",
    "take the whole address that the browser ends up at, or begin the login again",
);
pub(super) const CALLBACK_NOT_CONFIRMED: Cause = variant(
    "OAuth1LoginError::CallbackNotConfirmed",
    "callback-not-confirmed",
    "X did not confirm the callback, so that somebody could take the login over",
    "send no user there, and check that the base URL leads to the X API",
);
pub(super) const BAD_VERIFIER: Cause = variant(
    "OAuth1RefusalCause::BadVerifier",
    "pin-not-accepted",
    "the PIN is mistyped or used, or the callback is: each works once",
    "begin the login again, and type the new PIN as the page shows it",
);
pub(super) const FILE_EMPTY: Cause = variant(
    "UploadError::Empty",
    "file-empty",
    "the file has no content, and nothing was sent",
    "choose another",
);
pub(super) const FILE_TYPE: Cause = variant(
    "UploadError::UnknownType",
    "file-type-unknown",
    "the file is of no type that X takes, and nothing was sent",
    "convert it, or name its type",
);
pub(super) const FILE_PLACE: Cause = variant(
    "UploadError::WrongType",
    "file-type-not-there",
    "X does not show files of this type there, and nothing was sent",
    "convert it, or choose another target",
);
pub(super) const FILE_TOO_LARGE: Cause = variant(
    "UploadError::TooLarge",
    "file-too-large",
    "the file is larger than X takes, and nothing was sent",
    "make it smaller",
);
pub(super) const FILE_OPTION: Cause = variant(
    "UploadError::Option",
    "upload-option-wrong",
    "an option cannot be used, and nothing was sent",
    "set it as the error says",
);
pub(super) const UPLOAD_UNREADABLE: Cause = variant(
    "UploadError::Unreadable",
    "upload-unreadable",
    "what was saved is no upload, and nothing was sent",
    "begin anew",
);
pub(super) const UPLOAD_OF_OTHER_FILE: Cause = variant(
    "UploadError::OtherFile",
    "upload-of-other-file",
    "what was saved belongs to another file or purpose, and nothing was sent",
    "begin anew",
);
pub(super) const UPLOAD_FORGOTTEN: Cause = variant(
    "UploadError::Expired",
    "upload-forgotten",
    "X has forgotten this upload by now, and nothing was sent",
    "begin anew",
);
pub(super) const FILE_UNREADABLE: Cause = variant(
    "UploadError::Read",
    "file-unreadable",
    "the file cannot be read",
    "the error's source says why",
);
pub(super) const UPLOAD_UNNAMED: Cause = variant(
    "UploadError::NoData",
    "upload-unnamed",
    "X answered without naming the file",
    "try again later",
);
pub(super) const FILE_NOT_USABLE: Cause = variant(
    "UploadError::Processing",
    "file-not-usable",
    "X cannot use the file",
    "check its format against what X takes: codec, size, length",
);
pub(super) const FILE_NOT_PROCESSED: Cause = variant(
    "UploadError::Late",
    "file-not-processed",
    "X has not processed the file in the time allowed",
    "resume the upload later",
);

/// The cause of a call that got no answer.
pub(super) const fn of_transport(kind: TransportErrorKind) -> &'static Cause {
    match kind {
        TransportErrorKind::Connect => &CONNECT,
        TransportErrorKind::Timeout => &TIMEOUT,
        TransportErrorKind::Closed => &CLOSED,
        TransportErrorKind::TooLarge => &TOO_LARGE,
        TransportErrorKind::Refused => &REFUSED,
        TransportErrorKind::NotRecorded => &NOT_RECORDED,
        TransportErrorKind::Other => &OTHER,
    }
}

const fn variant(
    variant: &'static str,
    id: &'static str,
    means: &'static str,
    next: &'static str,
) -> Cause {
    Cause { id, sign: Sign::Variant(variant), means, next }
}
