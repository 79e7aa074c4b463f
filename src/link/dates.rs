//! stub
use crate::date::PartialDate;
use jiff::civil::Date;
pub enum DateOrder {
    DayMonth,
    MonthDay,
    Unsettled,
}
pub struct DateContext<'a> {
    pub day: Option<Date>,
    pub order: DateOrder,
    pub language: &'a str,
}
pub struct Dates {
    pub found: Vec<FoundDate>,
    pub doubts: Vec<DateDoubt>,
}
pub struct FoundDate {
    pub start: u32,
    pub end: u32,
    pub date: PartialDate,
}
pub enum DoubtKind {
    BothOrders { day_month: Date, month_day: Date },
    Future { date: Date },
    Impossible,
}
pub struct DateDoubt {
    pub start: u32,
    pub end: u32,
    pub kind: DoubtKind,
}
pub fn find(_text: &str, _context: &DateContext<'_>) -> Dates {
    Dates { found: vec![], doubts: vec![] }
}
