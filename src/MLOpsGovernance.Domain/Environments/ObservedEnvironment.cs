using MLOpsGovernance.Domain.Observations;

namespace MLOpsGovernance.Domain.Environments;

public sealed partial record DeploymentEnvironment
{
    /// <summary>Older closed findings are left to the history: every check reads this state.</summary>
    private const int MostClosed = 50;

    private DeploymentEnvironment Observe(object e) => e switch
    {
        EnvironmentObserved observed => this with { Observed = new(observed.ObservedAt, observed.Source, observed.Digest, observed.Count) },
        EnvironmentFindingOpened opened => this with { Findings = Findings.SetItem(opened.Id, new(opened.Id, opened.Title, opened.Severity, opened.Cause, opened.OpenedBy, opened.At)) },
        DiscrepancyVanished vanished => Change(vanished.Finding, f => f with { VanishedAt = vanished.ObservedAt }),
        DiscrepancyReturned returned => Change(returned.Finding, f => f with { VanishedAt = null }),
        EnvironmentFindingClosed closed => Change(closed.Id, f => f with { ClosedBy = closed.By, Closing = closed.Reason, ClosedAt = closed.At }).Forget(),
        _ => this,
    };

    private DeploymentEnvironment Change(string id, Func<EnvironmentFinding, EnvironmentFinding> change) =>
        Findings.TryGetValue(id, out var finding) ? this with { Findings = Findings.SetItem(id, change(finding)) } : this;

    private DeploymentEnvironment Forget()
    {
        var closed = Findings.Values.Where(f => !f.IsOpen).ToList();
        return closed.Count <= MostClosed ? this : this with { Findings = Findings.Remove(closed.MinBy(f => f.ClosedAt)!.Id) };
    }
}
