namespace Zhida.Evaluation.Writing;

/// <summary>How many lines are 不符合, by item, city and the condition that failed first.</summary>
internal static class CountsFile
{
    public static void Write(string path, IReadOnlyList<FailedCount> failed, ResultLabels labels)
    {
        using var file = new PendingFile(path);
        using (var csv = new CsvText(file.Stream))
        {
            csv.Line(ResultLabels.CountColumns);
            foreach (var count in failed)
            {
                csv.Cell(labels.Item(count.Item));
                csv.Cell(labels.Cities[count.City]);
                csv.Cell(labels.Items[count.Item].Conditions[count.Condition].Number);
                csv.Cell(labels.Condition(count.Item, count.Condition));
                csv.Cell(count.Lines);
                csv.EndLine();
            }
        }
        file.Appear();
    }
}
