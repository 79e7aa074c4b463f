//! How candidates of a name are named to a reader.

/// How many candidates of a name are named.
const MOST_CANDIDATES: usize = 5;

/// Some slugs as one says them: `a, b or c`, and `a, b, c, d, e or 4,995 more`.
pub fn listed<'a>(slugs: impl ExactSizeIterator<Item = &'a str>) -> String {
    let n_more = slugs.len().saturating_sub(MOST_CANDIDATES);
    let mut said: Vec<String> =
        slugs.take(MOST_CANDIDATES).map(|it| format!("`{it}`")).collect();
    if n_more > 0 {
        said.push(format!("{} more", thousands(n_more)));
    }
    match &said[..] {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A number as it is read: `4,995`.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut said = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_of_candidates_ends_with_how_many_are_left() {
        let slugs: Vec<String> = (0..5000).map(|it| format!("j-{it}")).collect();
        let listed = |n: usize| listed(slugs[..n].iter().map(|it| &**it));
        assert_eq!(listed(0), "");
        assert_eq!(listed(2), "`j-0` or `j-1`");
        assert_eq!(listed(5), "`j-0`, `j-1`, `j-2`, `j-3` or `j-4`");
        assert_eq!(listed(5000), "`j-0`, `j-1`, `j-2`, `j-3`, `j-4` or 4,995 more");
    }
}
