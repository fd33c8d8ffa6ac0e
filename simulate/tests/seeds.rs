//! A seed is one story: told twice, it is the same to the last event.

use taskform_simulate::run;

#[tokio::test(flavor = "current_thread")]
async fn a_seed_lives_the_same_life_again() {
    let first = run(11, 600).await.unwrap();
    assert_eq!(run(11, 600).await.unwrap(), first);
    assert!(first.tasks > 100 && first.events > first.tasks, "{first:?}");
    assert_ne!(run(12, 600).await.unwrap().hash, first.hash);
}
