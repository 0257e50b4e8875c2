using System.Text.Json;

namespace MLOpsGovernance.Domain.Lineage;

/// <summary>
/// The facets that OpenLineage itself describes, by the name of the schema that a facet says it follows. What they require is stated here after the specification (2-0-2); the tests hold it against the schemas.
/// </summary>
public static class FacetShapes
{
    private const string
        Column = "{namespace:string,name:string,field:string,transformations?:[{type:string,subtype?:string,description?:string,masking?:boolean}]}",
        Measures = "{rowCount?:integer,bytes?:integer,fileCount?:integer,lastUpdated?:time,columnMetrics:{*:{nullCount?:integer,distinctCount?:integer,sum?:number,count?:number,min?:number,max?:number,quantiles?:{*:number}}}}",
        Statistics = "{rowCount?:integer,size?:integer,fileCount?:integer}",
        RunOfJob = "run:{runId:uuid,facets?:{}},job:{namespace:string,name:string,facets?:{}}",
        Dependency = "{job:{namespace:string,name:string},run?:{runId:uuid},dependency_type?:string,sequence_trigger_rule?:string,status_trigger_rule?:string}";

    private static readonly Dictionary<string, FacetShape> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CatalogDatasetFacet"] = "{framework:string,type:string,name:string,metadataUri?:string,warehouseUri?:string,source?:string,catalogProperties?:{*:string}}",
        ["ColumnLineageDatasetFacet"] = $"{{fields:{{*:{{inputFields:[{Column}],transformationDescription?:string,transformationType?:string}}}},dataset?:[{Column}]}}",
        ["DataQualityAssertionsDatasetFacet"] =
            "{assertions:[{assertion:string,success:boolean,column?:string,severity?:string,name?:string,description?:string,expected?:string,actual?:string,content?:string,contentType?:string,params?:{}}]}",
        ["DataQualityMetricsDatasetFacet"] = Measures,
        ["DataQualityMetricsInputDatasetFacet"] = Measures,
        ["DatasetTypeDatasetFacet"] = "{datasetType:string,subType?:string}",
        ["DatasetVersionDatasetFacet"] = "{datasetVersion:string}",
        ["DatasourceDatasetFacet"] = "{name?:string,uri?:uri}",
        ["DocumentationDatasetFacet"] = "{description:string,contentType?:string}",
        ["DocumentationJobFacet"] = "{description:string,contentType?:string}",
        ["EnvironmentVariablesRunFacet"] = "{environmentVariables:[{name:string,value:string}]}",
        ["ErrorMessageRunFacet"] = "{message:string,programmingLanguage:string,stackTrace?:string}",
        ["ExecutionParametersRunFacet"] = "{parameters?:[{key:string,name?:string,description?:string,value?:string}]}",
        ["ExternalQueryRunFacet"] = "{externalQueryId:string,source:string}",
        ["ExtractionErrorRunFacet"] = "{totalTasks:integer,failedTasks:integer,errors:[{errorMessage:string,stackTrace?:string,task?:string,taskNumber?:integer}]}",
        ["HierarchyDatasetFacet"] = "{hierarchy:[{type:string,name:string}]}",
        ["InputStatisticsInputDatasetFacet"] = Statistics,
        ["InputSubsetInputDatasetFacet"] = "{inputCondition:{}}",
        ["JobDependenciesRunFacet"] = $"{{upstream?:[{Dependency}],downstream?:[{Dependency}],trigger_rule?:string}}",
        ["JobTypeJobFacet"] = "{processingType:string,integration:string,jobType?:string,emissionPattern?:{eventTrigger:string,eventContentMode:string,windowDuration?:integer}}",
        ["LifecycleStateChangeDatasetFacet"] = "{lifecycleStateChange:string,previousIdentifier?:{name:string,namespace:string}}",
        ["LineageDatasetFacet"] = "{inputs?:[{}],fields?:{*:{}}}",
        ["LineageJobFacet"] = "{entries:[{}]}",
        ["NominalTimeRunFacet"] = "{nominalStartTime:time,nominalEndTime?:time}",
        ["OutputStatisticsOutputDatasetFacet"] = Statistics,
        ["OutputSubsetOutputDatasetFacet"] = "{outputCondition:{}}",
        ["OwnershipDatasetFacet"] = "{owners?:[{name:string,type?:string}]}",
        ["OwnershipJobFacet"] = "{owners?:[{name:string,type?:string}]}",
        ["ParentRunFacet"] = $"{{{RunOfJob},root?:{{{RunOfJob}}}}}",
        ["ProcessingEngineRunFacet"] = "{version:string,name?:string,openlineageAdapterVersion?:string}",
        ["SQLJobFacet"] = "{query:string,dialect?:string}",
        ["SchemaDatasetFacet"] = "{fields?:[{name:string,type?:string,description?:string,ordinal_position?:integer,fields?:[{name:string,type?:string,description?:string}]}]}",
        ["SourceCodeJobFacet"] = "{language:string,sourceCode:string}",
        ["SourceCodeLocationJobFacet"] = "{type:string,url:uri,repoUrl?:string,path?:string,version?:string,tag?:string,branch?:string,pullRequestNumber?:string}",
        ["StorageDatasetFacet"] = "{storageLayer:string,fileFormat?:string}",
        ["SymlinksDatasetFacet"] = "{identifiers?:[{namespace:string,name:string,type:string}]}",
        ["TagsDatasetFacet"] = "{tags?:[{key:string,value:string,source?:string,field?:string}]}",
        ["TagsJobFacet"] = "{tags?:[{key:string,value:string,source?:string}]}",
        ["TagsRunFacet"] = "{tags?:[{key:string,value:string,source?:string}]}",
        ["TestRunFacet"] = "{tests:[{name:string,status:string,severity?:string,type?:string,description?:string,expected?:string,actual?:string,content?:string,contentType?:string,params?:{}}]}",
    }.ToDictionary(shape => shape.Key, shape => FacetShape.Parse(shape.Value), StringComparer.Ordinal);

    /// <summary>Names of the schemas that are known.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>Why a facet is not as it should be; null where it is.</summary>
    public static LineageFault? FaultOf(JsonElement facet, string path)
    {
        if (facet.ValueKind != JsonValueKind.Object) return new(path, "facet-invalid", "a facet is an object.");
        foreach (var required in (string[])["_producer", "_schemaURL"])
            if (!facet.TryGetProperty(required, out var value) || value.ValueKind != JsonValueKind.String) return new($"{path}.{required}", "facet-unsigned", $"a facet says {required}, as text.");

        if (facet.TryGetProperty("_deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True) return null;
        return ShapeOf(facet.GetProperty("_schemaURL").GetString()!) is { } shape
            ? shape.FirstFault(facet, path)
            : new(path, "facet-unknown", "the schema of this facet is none of OpenLineage's own; it is kept as it is.");
    }

    /// <summary>By the name of the file, or of the definition within it.</summary>
    private static FacetShape? ShapeOf(string url)
    {
        var (file, fragment) = url.Split('#', 2) is [var before, var after] ? (before, after) : (url, "");
        return Find(Last(file).Split('.')[0]) ?? Find(Last(fragment));
    }

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static FacetShape? Find(string name) => Known.GetValueOrDefault(name);
}
