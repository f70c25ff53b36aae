//! A sandbox over real sockets.

mod app_only;
mod client;
mod dialects;
mod faults;
mod handshake;
mod limits;
mod lookup;
mod oauth1;
mod paging;
mod search;
mod specification;
mod writes;
