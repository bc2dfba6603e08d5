//! Lighthouse gives full marks.

use anyhow::Result;
use testbed::guide::visit;
use testbed::house::Plan;
use testbed::lighthouse::complaints;

#[tokio::test]
async fn full_marks_for_accessibility_and_best_practices() -> Result<()> {
    let (house, browser) = visit(Plan::default(), "").await?;
    let mut found = Vec::new();
    for page in ["", "reset/", "login/", "admin/"] {
        for complaint in complaints(&browser, &house.site.url(page)).await? {
            found.push(format!("/{page} {complaint}"));
        }
    }
    assert!(found.is_empty(), "Lighthouse found:\n{}", found.join("\n\n"));
    Ok(())
}
