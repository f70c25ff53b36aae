//! What can be said on the command line.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use twitter_types::model::OpenEnum;
use twitter_types::models::{MediaCategory, UploadMediaType};

const AFTER_HELP: &str = "\
To begin without an account:
  twitter --sandbox login
  twitter --sandbox whoami
With an App of yours:
  twitter login
  twitter doctor

Data goes to standard output, as JSON, and nothing else does; what is meant for you goes to standard \
error.

Exit codes:
  0  done
  1  something failed on this machine
  2  wrong usage; nothing was sent
  3  no credential that the operation accepts: log in
  4  X refused, or answered something else
  5  a limit, a cap or the credits are spent
  6  no answer";

const LOGIN: &str = "\
Examples:
  twitter login
  twitter login --for posts.create,users.me
  twitter login --app";

const CALL: &str = "\
Examples:
  twitter call users.by_username --username XDevelopers --user.fields created_at
  twitter call users.followers --id 2244994945 --all-pages | jq '.data[].name'
  twitter call posts.create --body '{\"text\":\"Hello!\"}'";

const POST: &str = "\
Examples:
  twitter post 'Hello!'
  date | twitter post -
  twitter post 'Look!' --media \"$(twitter upload cat.png | jq -r .id)\"";

const UPLOAD: &str = "\
Examples:
  twitter upload cat.png --alt-text 'A cat in a box'
  twitter upload film.mp4 --subtitles EN:English=film.srt";

const SEARCH: &str = "\
Examples:
  twitter search 'from:XDevelopers has:links' -n 5
  twitter search -- '-is:reply cats'

What begins with a minus stands behind --, as in the second one.";

const STREAM: &str = "\
Examples:
  twitter stream filtered --rule 'cats has:images' | jq .data.text
  twitter stream sample >> sample.jsonl";

const RULES: &str = "\
Examples:
  twitter rules add 'cats has:images' --tag cats
  twitter rules list > rules.jsonl
  twitter rules sync rules.jsonl --dry-run";

const LISTEN: &str = "\
Example, behind something that takes HTTPS for example.com and sends it on to port 8080:
  twitter webhook listen --register https://example.com/webhook";

const SANDBOX: &str = "\
Examples:
  twitter sandbox --port 9090
  twitter sandbox > keys.sh    # elsewhere: . ./keys.sh; twitter whoami";

const COMPLETIONS: &str = "\
Examples:
  source <(twitter completions bash)
  twitter completions fish > ~/.config/fish/completions/twitter.fish";

const MAN: &str = "\
Example:
  twitter man call users.me | man -l -";

/// Access to the X (Twitter) API, and every operation of it.
#[derive(Debug, Parser)]
#[command(name = "twitter", version, after_help = AFTER_HELP, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Which App and which user, and where they are known.
#[derive(Args, Debug)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Common {
    /// Talk to a local X that is made up, without keys, cost or network; it starts by itself, and
    /// ends when nobody has used it for a quarter of an hour.
    #[arg(long, global = true, conflicts_with_all = ["keys", "base_url"])]
    pub(crate) sandbox: bool,
    /// The App and user to be, a section of the key file [default: X_PROFILE, or the first part].
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// The key file [default: `keys` in the command's folder].
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) keys: Option<PathBuf>,
    /// The server [default: X_BASE_URL, or X's own].
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) base_url: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Obtain a credential and keep it: a user's, or the App's own.
    #[command(after_help = LOGIN)]
    Login(Login),
    /// End the credentials that `login` obtained, at X and here.
    Logout,
    /// Say whose credential it is.
    Whoami,
    /// Look at every credential: what it unlocks, whether it works, and what to do if not.
    Doctor(Doctor),
    /// Call an operation by its name: `twitter call users.me`.
    #[command(subcommand_required = true, arg_required_else_help = true, after_help = CALL)]
    Call,
    /// Publish a post.
    #[command(after_help = POST)]
    Post(Post),
    /// Upload a picture, GIF or video, and print its id, for a post or a message.
    ///
    /// What was interrupted goes on when the same is said again.
    #[command(after_help = UPLOAD)]
    Upload(Upload),
    /// Find posts of the last seven days, a line of JSON each.
    #[command(after_help = SEARCH)]
    Search(Search),
    /// Follow a stream, a line of JSON for each item, and go on where the last run ended.
    #[command(subcommand_required = true, arg_required_else_help = true, after_help = STREAM)]
    Stream,
    /// Say what the filtered stream delivers.
    #[command(subcommand, after_help = RULES)]
    Rules(Rules),
    /// Receive what X sends to an address of yours.
    #[command(subcommand)]
    Webhook(Webhook),
    /// Run the made-up X in the foreground, until Ctrl-C.
    #[command(after_help = SANDBOX)]
    Sandbox(Sandbox),
    /// Print a script that completes this command's words.
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// Of which shell.
        shell: clap_complete::Shell,
    },
    /// Print a manual page: that of this command, or of another as in `twitter man call users.me`.
    #[command(after_help = MAN)]
    Man {
        /// The command.
        command: Vec<String>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Login {
    /// The App's own token, for public information: needs API Key and Secret.
    #[arg(long, conflicts_with_all = ["oauth1", "pin", "operations", "scopes"])]
    pub(crate) app: bool,
    /// A user by OAuth 1.0a instead of 2.0: needs API Key and Secret.
    #[arg(long, conflicts_with_all = ["operations", "scopes"])]
    pub(crate) oauth1: bool,
    /// A user by OAuth 1.0a, who types a PIN here: for machines without a browser.
    #[arg(long, conflicts_with_all = ["operations", "scopes"])]
    pub(crate) pin: bool,
    /// Ask for no more rights than these operations need, such as posts.create,users.me.
    #[arg(long = "for", value_name = "OPERATIONS", value_delimiter = ',')]
    pub(crate) operations: Vec<String>,
    /// Ask for these rights, beside those of --for.
    #[arg(long, value_name = "SCOPES", value_delimiter = ',')]
    pub(crate) scopes: Vec<String>,
    /// Where the browser comes back to: registered for the App, to the letter.
    #[arg(long, value_name = "URL", default_value = REDIRECT_URI)]
    pub(crate) redirect_uri: String,
    /// Open no browser: print the address, and take what the browser came back with.
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Read the App's keys from standard input, as NAME=value lines like those of a key file, and
    /// keep them.
    #[arg(long)]
    pub(crate) keys_from_stdin: bool,
}

/// What the console is to be told, too.
pub(crate) const REDIRECT_URI: &str = "http://127.0.0.1:8080/callback";

#[derive(Args, Debug)]
pub(crate) struct Doctor {
    /// Send nothing: say only what is there.
    #[arg(long)]
    pub(crate) offline: bool,
    /// Where the browser comes back to after a login: is it registered for the App?
    #[arg(long, value_name = "URL", default_value = REDIRECT_URI)]
    pub(crate) redirect_uri: String,
}

#[derive(Args, Debug)]
pub(crate) struct Post {
    /// The text; `-` reads it from standard input.
    pub(crate) text: String,
    /// Answer this post.
    #[arg(long, value_name = "ID")]
    pub(crate) reply_to: Option<u64>,
    /// Show this post below the text.
    #[arg(long, value_name = "ID")]
    pub(crate) quote: Option<u64>,
    /// Show these files, by the ids that `upload` printed: one to four.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) media: Vec<u64>,
}

#[derive(Args, Debug)]
pub(crate) struct Upload {
    /// The file.
    pub(crate) file: PathBuf,
    /// Where it will be shown.
    #[arg(long = "for", value_name = "PLACE", value_enum, default_value_t = Purpose::Post)]
    pub(crate) purpose: Purpose,
    /// What the file shows, for those who do not see it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) alt_text: Option<String>,
    /// Subtitles of a video, SRT or WebVTT: EN=film.srt, or EN:English=film.srt. One for each language.
    #[arg(long, value_name = "LANGUAGE=FILE")]
    pub(crate) subtitles: Vec<String>,
    /// What X shall take the file for [default: told by its type and place].
    #[arg(long, value_name = "NAME", value_parser = names::<MediaCategory>())]
    pub(crate) category: Option<String>,
    /// The file's type [default: told by its content].
    #[arg(long = "type", value_name = "TYPE", value_parser = names::<UploadMediaType>())]
    pub(crate) media_type: Option<String>,
}

/// Where a file will be shown.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum Purpose {
    /// In a post.
    Post,
    /// In a direct message.
    Dm,
    /// Beside a video, by a later call.
    Subtitles,
    /// In a post, by an account that may use X's Amplify.
    Amplify,
}

/// The names that X has for something.
fn names<T: OpenEnum>() -> PossibleValuesParser {
    T::ALL.iter().map(|value| value.to_string()).collect::<Vec<_>>().into()
}

#[derive(Args, Debug)]
pub(crate) struct Search {
    /// Words and operators, such as `from:XDevelopers -is:reply`.
    pub(crate) query: String,
    /// Posts at most.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Rules {
    /// Print every rule, a line of JSON each.
    List,
    /// Add rules, and print them with their ids.
    Add {
        /// Such as `cats has:images`.
        #[arg(required = true, value_name = "RULE")]
        rules: Vec<String>,
        /// A name for them.
        #[arg(long)]
        tag: Option<String>,
    },
    /// Delete rules.
    Delete {
        /// Their ids, as `list` prints them.
        #[arg(required_unless_present = "all", value_name = "ID")]
        ids: Vec<u64>,
        /// Every rule.
        #[arg(long, conflicts_with = "ids")]
        all: bool,
    },
    /// Make the rules equal to those of a file, with the fewest changes, and print what changed.
    Sync {
        /// One rule a line, as `list` prints them: {"value":"cats has:images","tag":"cats"}. `-` reads
        /// standard input.
        file: PathBuf,
        /// Change nothing: print what would change. X checks the new rules.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Webhook {
    /// Print each event that X sends, a line of JSON each, after a check of its signature.
    #[command(after_help = LISTEN)]
    Listen(Listen),
}

#[derive(Args, Debug)]
pub(crate) struct Listen {
    /// The port to listen on; 0 takes a free one.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub(crate) port: u16,
    /// The address to listen on. X sends to HTTPS at port 443: what takes that for you sends it on to
    /// here.
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) address: IpAddr,
    /// The path of the webhook.
    #[arg(long, value_name = "PATH", default_value = "/webhook")]
    pub(crate) path: String,
    /// Register this address at X, by which X gets here, or have X check it again.
    #[arg(long, value_name = "URL")]
    pub(crate) register: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Sandbox {
    /// The port of 127.0.0.1 to listen on; a free one unless this is given.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Register a redirect URI, beside the one that `login` takes by default.
    #[arg(long, value_name = "URL")]
    pub(crate) redirect_uri: Vec<String>,
    /// Publish so many posts a second, which say "numbered post 1" and so on, for streams to carry.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) publish_per_second: Option<u32>,
    /// End after so many seconds without a request or an open stream.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) idle: Option<u64>,
    /// Write the keys into this file, instead of printing them.
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) keys_file: Option<PathBuf>,
}
