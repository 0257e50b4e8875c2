using System.Text;
using MLOpsGovernance.Evidence;
using MLOpsGovernance.Policy;
using MLOpsGovernance.Policy.Waivers;

namespace MLOpsGovernance.Server.PolicyChecks;

/// <summary>A break-glass in the words of the policy language: a waiver of every waivable rule of one policy, for one version in one environment.</summary>
internal static class BreakGlassWaiver
{
    public const string Prefix = "break-glass:";

    public static Waiver Of(BreakGlassFact glass, PolicyDocument policy, GateFacts facts) => new(
        Prefix + glass.Id,
        Digest.Sha256(Encoding.UTF8.GetBytes($"{glass.Id}\n{policy.Name}\n{facts.Release.ArtifactDigest}\n{glass.Until:O}")),
        policy.Name, $">={policy.Version} <={policy.Version}", [.. policy.Rules.Where(r => r.Waivable).Select(r => r.Id)],
        new(facts.Model.Id, [facts.Release.Environment], null),
        "break-glass", glass.Id, ["a finding was opened with it"],
        glass.RequestedBy, glass.ApprovedBy, policy.Waivers?.ApproverRoles ?? [], glass.ApprovedAt, glass.Until);
}
