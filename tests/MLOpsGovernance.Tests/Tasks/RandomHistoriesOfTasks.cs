using System.Collections.Concurrent;
using CsCheck;
using MLOpsGovernance.Domain.Tasks;
using MLOpsGovernance.Tests.Models;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.Tasks;

public sealed class RandomHistoriesOfTasks
{
    private static readonly string[] OfModels =
    [
        .. TaskKind.All.Except([TaskKind.ConfirmClass, TaskKind.ConfirmUngating, TaskKind.RecertifyRole, TaskKind.ApproveWaiver, TaskKind.RenewWaiver, TaskKind.ReviewDataset], StringComparer.Ordinal),
    ];

    [Fact]
    public void Leave_open_what_the_whole_state_says_waits()
    {
        ConcurrentDictionary<string, int> seen = new(StringComparer.Ordinal);
        Move.Histories.Sample(moves => new ModelWorld(new(StringComparer.Ordinal), tasks => Count(seen, tasks)).Play(moves), iter: 5_000);

        foreach (var kind in OfModels) seen.GetValueOrDefault(kind).ShouldBeGreaterThan(10, kind);
    }

    private static void Count(ConcurrentDictionary<string, int> seen, IEnumerable<OpenTask> tasks)
    {
        foreach (var task in tasks) seen.AddOrUpdate(task.Kind, 1, (_, n) => n + 1);
    }
}
