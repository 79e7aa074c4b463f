//! stub
use jiff::civil::Date;
pub struct RoleTitle<'a> {
    pub title: &'a str,
    pub of: Option<&'a str>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}
pub struct StaleRole {
    pub start: u32,
    pub end: u32,
    pub role: usize,
    pub held: Option<usize>,
}
pub fn check(
    _text: &str,
    _mention: std::ops::Range<usize>,
    _roles: &[RoleTitle<'_>],
    _day: Date,
) -> Option<StaleRole> {
    None
}
pub fn held_on(roles: &[RoleTitle<'_>], day: Date) -> Option<usize> {
    (0..roles.len())
        .filter(|i| {
            roles[*i].from.is_none_or(|f| f <= day)
                && roles[*i].to.is_none_or(|t| day <= t)
        })
        .max_by_key(|i| roles[*i].from)
}
