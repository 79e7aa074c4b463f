//! Values of JSON by their keys.

use serde_json::Value;

/// A text that is not empty.
pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    let text = value[key].as_str().map(str::trim).filter(|it| !it.is_empty());
    text.map(str::to_owned)
}

/// The items of a list; none for anything else.
pub(super) fn items<'a>(
    value: &'a Value,
    key: &str,
) -> impl Iterator<Item = &'a Value> + use<'a> {
    value[key].as_array().into_iter().flatten()
}
