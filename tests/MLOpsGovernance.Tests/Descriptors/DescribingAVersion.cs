using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.Descriptors;
using MLOpsGovernance.Domain.Models;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Models.Cast;
using static MLOpsGovernance.Tests.Models.CreditModel;

namespace MLOpsGovernance.Tests.Descriptors;

public sealed class DescribingAVersion
{
    private static readonly ModelDescriptor Scores = new("Scores Ltd", "credit-score", "4.2.1");

    private static RegisterVersion Register(ModelDescriptor? descriptor) => new(Digest(1), null, null, null, null, null, [], [], ["ada"], ["ada"], [], descriptor);

    private static Given<Model> From(string origin) =>
        Given.Events<Model>(Model.Evolve, new ModelRegistered("credit", "lending", null, [], "ada", Noon, origin, true), new ModelRiskConfirmed(Minimal, "risk", Noon));

    [Theory]
    [InlineData(ModelOrigin.Vendor)]
    [InlineData(ModelOrigin.Api)]
    public void Is_how_a_model_without_a_file_gets_one(string origin)
    {
        var model = From(origin).When(By(Ada, Register(Scores))).ThenAccepted();
        (model.Origin, model.Generative, model.Versions[1].Descriptor, model.Versions[1].IsPinned).ShouldBe((origin, true, Scores, true));
        From(origin).When(By(Ada, Register(null))).ThenRefused("descriptor-required", RefusalKind.Unprocessable);
    }

    [Fact]
    public void Is_refused_for_what_is_made_here() => Registered().When(By(Ada, Register(Scores))).ThenRefused("descriptor-not-allowed", RefusalKind.Unprocessable);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Names_the_supplier(string supplier) =>
        From(ModelOrigin.Vendor).When(By(Ada, Register(Scores with { Supplier = supplier }))).ThenRefused("descriptor-without-supplier", RefusalKind.Unprocessable);

    [Fact]
    public void Is_for_good_because_what_the_supplier_changes_is_a_new_version()
    {
        var described = From(ModelOrigin.Vendor).Done(By(Ada, Register(Scores)));
        described.When(By(Ada, new ReplaceArtifact(1, Digest(9), null))).ThenRefused("descriptor-bound", RefusalKind.Conflict);
        described.When(By(Ada, new ReplaceArtifact(1, null, Digest(9)))).ThenAccepted().Versions[1].ImageDigest.ShouldBe(Digest(9));
    }

    [Theory]
    [InlineData("4.2.1", true)]
    [InlineData("2026-05-01", true)]
    [InlineData("gpt-4o-2024-08-06", true)]
    [InlineData("lateste", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("latest", false)]
    [InlineData("Latest", false)]
    [InlineData("gpt-4o-latest", false)]
    [InlineData("scores:latest", false)]
    [InlineData("*", false)]
    [InlineData("4.*", false)]
    public void Pins_one_version_or_does_not(string? version, bool pinned) => (Scores with { ProductVersion = version }).IsPinned.ShouldBe(pinned);

    [Fact]
    public void Leaves_models_of_before_as_they_were()
    {
        var model = Versioned().State;
        (model.Origin, model.Generative, model.Versions[1].Descriptor, model.Versions[1].IsPinned).ShouldBe((ModelOrigin.Internal, false, null, true));
        Nothing().When(By(Ada, new RegisterModel("credit", "lending", true, null, []))).Then(new ModelRegistered("credit", "lending", null, [], "ada", Noon));
        Nothing().When(By(Ada, new RegisterModel("credit", "lending", true, null, [], ModelOrigin.Api, true))).Then(new ModelRegistered("credit", "lending", null, [], "ada", Noon, "api", true));
    }
}
