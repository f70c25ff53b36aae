//! A sandbox over real sockets.

mod app_only;
mod browser;
mod client;
mod compliance;
mod consent;
mod console;
mod dialects;
mod faults;
mod handshake;
mod limits;
mod lookup;
mod oauth1;
mod oauth2;
mod oauth2_pages;
mod oauth2_refresh;
mod paging;
mod permissions;
mod search;
mod specification;
mod uploads;
mod writes;
