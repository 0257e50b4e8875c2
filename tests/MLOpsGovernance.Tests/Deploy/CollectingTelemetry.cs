using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace MLOpsGovernance.Tests.Deploy;

public sealed class CollectingTelemetry
{
    private static readonly YamlNode Collector = Repository.Yaml("deploy/otel/collector.yaml").ShouldHaveSingleItem();
    private static readonly YamlNode Compose = Repository.Yaml("docker-compose.yml").ShouldHaveSingleItem();
    private static readonly IReadOnlyDictionary<string, YamlNode> Pipelines = Collector.Must("service/pipelines").Map();

    [Theory]
    [InlineData("receivers")]
    [InlineData("processors")]
    [InlineData("exporters")]
    public void Declares_exactly_what_its_pipelines_use(string part) =>
        Pipelines.Values.SelectMany(pipeline => pipeline.Must(part).Texts()).Distinct()
            .ShouldBe(Collector.Must(part).Keys(), ignoreOrder: true);

    [Fact]
    public void Receives_all_three_signals_over_OTLP()
    {
        Pipelines.Keys.ShouldBe(["traces", "metrics", "logs"], ignoreOrder: true);
        foreach (var pipeline in Pipelines.Values) pipeline.Must("receivers").Texts().ShouldBe(["otlp"]);
        // The server finds it where the compose file says.
        Compose.Must("services/server/environment/OTEL_EXPORTER_OTLP_ENDPOINT").Text()
            .ShouldBe("http://otel-collector:" + PortOf("receivers/otlp/protocols/grpc/endpoint"));
    }

    [Fact]
    public void Offers_the_metrics_under_the_names_that_the_dashboards_ask_for()
    {
        Pipelines["metrics"].Must("exporters").Texts().ShouldContain("prometheus");
        Collector.Must("exporters/prometheus/translation_strategy").Text().ShouldBe("UnderscoreEscapingWithSuffixes");
        Published().ShouldContain(PortOf("exporters/prometheus/endpoint"));
    }

    [Fact]
    public void Limits_its_memory_before_it_gathers_batches()
    {
        foreach (var pipeline in Pipelines.Values) pipeline.Must("processors").Texts().ShouldBe(["memory_limiter", "batch"]);
    }

    [Fact]
    public void Can_be_asked_for_its_health_from_outside()
    {
        Collector.Must("service/extensions").Texts().ShouldBe(Collector.Must("extensions").Keys());
        Published().ShouldContain(PortOf("extensions/health_check/endpoint"));
    }

    [Fact]
    public void Is_started_with_the_file_that_is_mounted()
    {
        var mounted = Compose.Must("services/otel-collector/volumes").Texts().ShouldHaveSingleItem().Split(':');

        mounted[0].ShouldBe("./deploy/otel/collector.yaml");
        Compose.Must("services/otel-collector/command").Texts().ShouldBe(["--config=" + mounted[1]]);
    }

    private static string PortOf(string path) => Collector.Must(path).Text().Split(':')[^1];

    private static IEnumerable<string> Published() => Compose.Must("services/otel-collector/ports").Texts().Select(port => port.Split(':')[^1]);
}
