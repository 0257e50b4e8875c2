using BenchmarkDotNet.Attributes;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Benchmarks.Policies;

/// <summary>Reading, checking and compiling all that is shipped. Target: at most a second.</summary>
public class LoadingTheLibrary
{
    private readonly IReadOnlyList<PolicyFile> _files = PolicySet.ReadFolder(Path.Combine(AppContext.BaseDirectory, "policies"));

    [Benchmark]
    public int Load() => PolicySet.Load(_files).Set!.Policies.Count;
}
