using System.Text;
using MLOpsGovernance.Domain.Datasets;
using MLOpsGovernance.Domain.Environments;
using MLOpsGovernance.Domain.Models;
using MLOpsGovernance.Domain.Recertification;
using MLOpsGovernance.Domain.Validations;
using MLOpsGovernance.Server.PolicyChecks;
using MLOpsGovernance.Server.Storage;

namespace MLOpsGovernance.Server.Tests.Recertification;

public sealed class TheFactsOfAModel
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Tell_policies_until_when_it_is_confirmed_and_leave_the_clock_to_them()
    {
        var model = Model.Evolve(new(), new ModelRegistered("credit", "lending", null, [], "ann", Noon));
        Said(model).ShouldContain("\"recertificationDueAt\":\"2027-02-23T12:00:00Z\"");
        Said(Model.Evolve(model, new ModelRecertified(true, null, "bob", null, Noon.AddDays(80)))).ShouldContain("\"recertificationDueAt\":\"2027-05-11T12:00:00Z\"");
        Said(new()).ShouldNotContain("recertificationDueAt");
    }

    private static string Said(Model model) => Encoding.UTF8.GetString(Gate.Freeze(
        new FactSources("deploy", World.Artifact, 1, "production", model, new DeploymentEnvironment(), new Dictionary<string, Snapshot<Dataset>>(), RevalidationTerms.Default, RecertificationTerms.Default).Facts()));
}
