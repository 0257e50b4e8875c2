using CsCheck;
using MLOpsGovernance.Domain.Approvals;
using MLOpsGovernance.Domain.Datasets;
using Shouldly;
using Xunit;
using static MLOpsGovernance.Tests.Datasets.LoansDataset;
using static MLOpsGovernance.Tests.Models.Cast;

namespace MLOpsGovernance.Tests.Datasets;

/// <summary>What is made from data is at least as sensitive as that, and for no purpose that it was not for.</summary>
public sealed class InheritingAClass
{
    private static readonly PermittedPurpose Credit = new("credit-scoring", "contract"), Marketing = new("marketing", "consent"), Research = new("research", "public-task");

    private readonly Dictionary<string, Dataset> _all = new(StringComparer.Ordinal);

    [Fact]
    public void Takes_what_all_of_its_sources_permit_in_however_many_steps()
    {
        Make("raw", Personal with { PermittedPurposes = [Credit, Research] });
        Make("cleaned", Personal with { PermittedPurposes = [Research, Credit, Marketing] }, "raw");
        Make("survey", Personal with { PermittedPurposes = [Marketing, Credit] });
        Make("joined", Personal with { PermittedPurposes = [Marketing, Research, Credit with { LegalBasis = "legitimate-interests" }] }, "cleaned", "survey");
        Of("cleaned").Class.PermittedPurposes.ShouldBe([Research, Credit]);
        var joined = Of("joined");
        joined.Class.PermittedPurposes.ShouldBe([Credit with { LegalBasis = "legitimate-interests" }], "a dataset's own ground for a purpose is its own");
        joined.InheritedFrom.ShouldBe(["raw", "survey"], "cleaned permits all that joined does");
    }

    [Fact]
    public void Takes_the_highest_sensitivity_and_the_shortest_retention()
    {
        Make("raw", Public with { Sensitivity = "confidential", RetentionDays = 30 });
        Make("cleaned", Public with { RetentionDays = 90 }, "raw");
        Make("joined", Public with { Sensitivity = "internal" }, "cleaned");
        var (@class, until, from, _) = Of("joined");
        (@class.Sensitivity, @class.PersonalData, @class.RetentionDays, until).ShouldBe(("confidential", false, 30, Noon.AddDays(30)));
        from.ShouldBe(["cleaned", "raw"]);
    }

    [Fact]
    public void Is_personal_where_a_source_is_and_limited_as_that_is()
    {
        Make("raw", Personal);
        Make("features", Public with { PermittedPurposes = [Marketing] }, "raw");
        var (@class, _, from, _) = Of("features");
        (@class.PersonalData, @class.LegalBasis).ShouldBe((true, "contract"));
        @class.PermittedPurposes.ShouldBe([Credit]);
        from.ShouldBe(["raw"]);
    }

    [Fact]
    public void Sets_no_limit_by_a_source_that_is_not_personal()
    {
        Make("weather", Public with { PermittedPurposes = [Research] });
        Make("sales", Personal, "weather");
        Of("sales").Class.PermittedPurposes.ShouldBe([Credit]);
        Of("sales").InheritedFrom.ShouldBeEmpty();
    }

    [Fact]
    public void Is_for_nothing_where_a_source_is_confirmed_by_nobody()
    {
        Make("raw", null);
        Make("features", Public, "raw");
        var (@class, _, from, _) = Of("features");
        (@class.Sensitivity, @class.PersonalData, @class.PermittedPurposes.Count).ShouldBe(("restricted", true, 0));
        from.ShouldBe(["raw"]);
        _all.Remove("raw");
        Of("features").Class.Mark.ShouldBe(@class.Mark, "what cannot be found is confirmed by nobody either");
    }

    [Fact]
    public void Ends_where_the_data_was_anonymised_but_for_how_sensitive_it_is()
    {
        Make("raw", Personal with { RetentionDays = 30 });
        Make("counts", Public with { Anonymised = true, RetentionDays = 3650 }, "raw");
        Make("report", Public, "counts");
        foreach (var name in new[] { "counts", "report" })
        {
            var (@class, _, from, _) = Of(name);
            (@class.Sensitivity, @class.PersonalData, @class.RetentionDays, @class.PermittedPurposes.Count).ShouldBe(("confidential", false, 3650, 0), name);
            from.ShouldContain("raw");
        }

        Make("linked", Public, "counts", "raw");
        Of("linked").Class.PersonalData.ShouldBeTrue("the raw data is in it by another way too");
    }

    [Fact]
    public void Names_the_sources_that_are_withdrawn()
    {
        Make("raw", Public);
        Make("cleaned", Public, "raw");
        Make("joined", Public, "cleaned");
        _all["raw"] = Dataset.Evolve(_all["raw"], new DatasetWithdrawn(null, "ada", Noon));
        Of("joined").WithdrawnSources.ShouldBe(["raw"]);
        Of("raw").WithdrawnSources.ShouldBeEmpty();
    }

    [Fact]
    public void Is_not_disturbed_by_a_circle_nor_by_an_earlier_version_of_its_own()
    {
        Make("a", Personal with { PermittedPurposes = [Credit, Research] }, "b");
        Make("b", Personal with { PermittedPurposes = [Credit] }, "a", "b");
        Of("a").Class.PermittedPurposes.ShouldBe([Credit]);
        Of("b").InheritedFrom.ShouldBeEmpty();
        Inheritance.SourcesOf([new("a", "1")], Find).ShouldBe([new("b", "1")]);
    }

    [Fact]
    public void Reaches_through_a_long_chain_of_days()
    {
        const int Days = 5000;
        Make("raw", Personal);
        var events = Enumerable.Range(1, Days).Select(day => (object)new DatasetVersionRegistered(
            $"{day}", Digest(day), null, null, [day == 1 ? new("raw", "1") : new DatasetReference("daily", $"{day - 1}")], "ada", Noon));
        _all["daily"] = events.Aggregate(Dataset.Evolve(Dataset.Evolve(new(), new DatasetRegistered("daily", "lending", null, "ada", Noon)), new DatasetClassified(Public, "risk", Noon)), Dataset.Evolve);
        Inheritance.Of(new("daily", $"{Days}"), Find).InheritedFrom.ShouldBe(["raw"]);
    }

    [Fact]
    public void Counts_what_lies_beyond_the_bound_as_confirmed_by_nobody()
    {
        string[] many = [.. Enumerable.Range(0, Inheritance.MostSources + 1).Select(i => $"source-{i:D3}")];
        foreach (var name in many) Make(name, Public);
        Make("all", Public, many);
        var sources = Inheritance.SourcesOf([new("all", "1")], Find);
        sources.Count.ShouldBe(Inheritance.MostSources);
        var read = sources.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        Inheritance.Of(new("all", "1"), name => name == "all" || read.Contains(name) ? Find(name) : null).Class.PersonalData.ShouldBeTrue();
    }

    [Fact]
    public void Belongs_to_what_an_approval_rests_on()
    {
        Make("raw", Personal);
        Make("cleaned", Personal, "raw");
        Make("loans", Personal, "cleaned", "raw");
        MaterialDataset.Of([new("loans", "1"), new("raw", "1")], Find).ShouldBe([new("loans", "1", 1, 0), new("raw", "1", 1, 0), new("cleaned", "1", 1, 0, IsSource: true)]);
    }

    [Fact]
    public void Never_allows_more_than_any_source_does()
    {
        var classes = Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 7], Gen.Int[0, 3], (sensitivity, personal, purposes, days) => new DataClass(
            DataClass.Sensitivities[sensitivity], personal, null, [.. new[] { Credit, Marketing, Research }.Where((_, i) => (purposes & (1 << i)) != 0)], days == 0 ? null : days));
        Gen.Select(classes.Array[6], Gen.Int[0, 63].Array[6]).Sample((made, from) =>
        {
            var all = new InheritingAClass();
            for (var i = 0; i < made.Length; i++) all.Make($"d{i}", made[i], [.. Enumerable.Range(0, i).Where(j => (from[i] & (1 << j)) != 0).Select(j => $"d{j}")]);
            for (var i = 0; i < made.Length; i++)
            {
                var effective = all.Of($"d{i}").Class;
                foreach (var source in Inheritance.SourcesOf([new($"d{i}", "1")], all.Find).Select(s => all.Of(s.Name).Class).Append(made[i]))
                {
                    Rank(effective).ShouldBeGreaterThanOrEqualTo(Rank(source));
                    (effective.PersonalData || !source.PersonalData).ShouldBeTrue();
                    if (source.PersonalData) effective.PermittedPurposes.Select(p => p.Code).Except(source.PermittedPurposes.Select(p => p.Code), StringComparer.Ordinal).ShouldBeEmpty();
                    (source.RetentionDays is null || effective.RetentionDays <= source.RetentionDays).ShouldBeTrue();
                }
            }
        }, iter: 500);

        static int Rank(DataClass c) => DataClass.Sensitivities.ToList().IndexOf(c.Sensitivity);
    }

    private EffectiveClass Of(string name) => Inheritance.Of(new(name, "1"), Find);

    private Dataset? Find(string name) => _all.GetValueOrDefault(name);

    private void Make(string name, DataClass? confirmed, params string[] sources)
    {
        List<object> events = [new DatasetRegistered(name, "lending", null, "ada", Noon), new DatasetVersionRegistered("1", Digest(1), null, null, [.. sources.Select(s => new DatasetReference(s, "1"))], "ada", Noon)];
        if (confirmed is not null) events.Add(new DatasetClassified(confirmed, "compliance", Noon));
        _all[name] = events.Aggregate(new Dataset(), Dataset.Evolve);
    }
}
