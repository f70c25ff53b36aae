//! The time of a signature, by criterion.

use benches::signing::{CASES, contestants};
use criterion::{Criterion, criterion_group, criterion_main};

fn signing(criterion: &mut Criterion) {
    for case in &CASES {
        // The name is also that of a folder.
        let mut group = criterion.benchmark_group(case.name.replace('/', " "));
        for contestant in contestants(case) {
            let Some(mut sign) = contestant.sign else { continue };
            group.bench_function(contestant.name, |bencher| bencher.iter(&mut sign));
        }
        group.finish();
    }
}

criterion_group!(benches, signing);
criterion_main!(benches);
