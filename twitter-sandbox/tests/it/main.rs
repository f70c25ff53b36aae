//! A sandbox over real sockets.

mod activity;
mod app_only;
mod browser;
mod client;
mod connections;
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
mod reader;
mod rules;
mod search;
mod specification;
mod streams;
mod uploads;
mod webhooks;
mod writes;
