/**
 * Given names that are common in Europe, the Americas and India, in lower case, without those that are rather words of a
 * sentence (`may`, `will`, `mark`, `rose`, `grace`). From general knowledge and public name statistics such as
 * https://www.ssa.gov/oact/babynames/ (public domain). A hint, not a census.
 */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  (
    'aaron abigail adam adrian agnes agnieszka ahmed aidan aileen alan alana albert alberto alejandra alejandro alessandro alessia alex ' +
    'alexander alexandra alexandre alexis alfred ali alice alicia alison allan allen allison alyssa amanda amber amelia amir amit amy ana ' +
    'anastasia andrea andreas andres andrew andy angela angelica angelina anil anita anjali ann anna anne annette annie anthony antonio antony ' +
    'arjun arnold arthur arun ashley audrey aurora austin ava barbara barry beatrice beatriz becky ben benjamin bernard bernd bertha beth ' +
    'bethany betty beverly bianca birgit björn bonnie brad bradley brandi brandon brenda brendan brent brett brian brianna bridget brittany brooke ' +
    'bruce bruno bryan caitlin caleb cameron camilla camille carl carla carlo carlos carmen carol carole caroline carolyn carrie casey cassandra ' +
    'catherine cathy cecilia cedric chad charlene charles charlie charlotte chelsea cheryl chloe chris christian christina christine christopher ' +
    'christoph cindy claire clara claude claudia clémence clifford colin colleen connie connor corey cory courtney craig cristina crystal curtis ' +
    'cynthia daisy damien dan dana daniel daniela danielle danny darlene darren dave david dean deanna deborah debra deepak denise dennis derek ' +
    'diana diane diego dieter dimitri dirk dominic dominik dominique don donald donna doris dorothy douglas duncan dustin dylan eddie edgar edith eduardo ' +
    'edward edwin eileen elaine eleanor elena elias elijah elisa elisabeth eliza elizabeth ella ellen ellie elsa emanuele emil emily emma enrique ' +
    'eric erica erik erika erin ernest esther ethan eugene eva evan evelyn fabian fatima federico felicia felipe felix ferdinand fernando filip filippo ' +
    'fiona florian francesca francesco francis francisco franco françois frank franz fred frederick friedrich gabriel gabriela gabriele gail ' +
    'gareth gary gavin gemma gene geoffrey george georgia gerald gerard gianni gilbert gina giovanni giulia giuseppe glen glenn gloria gordon greg ' +
    'gregory greta guillaume gunther gustav guy hannah hans harald harold harriet harry hassan heather hector heidi heinrich heinz helen helena helene ' +
    'helga henri henrik henry herbert hermann hilary holger holly howard hugh hugo ian ibrahim ignacio ines ingrid irene iris isaac isabel isabella isla ivan ' +
    'jackie jackson jaclyn jacob jacqueline jacques jake james jamie jan jane janet janice jasmine jason javier jay jayne jean jeff jeffery jeffrey ' +
    'jenna jennifer jenny jens jeremiah jeremy jerome jerry jesse jessica jill jim jimmy joan joana joanna joanne joao jochen jodie joe joel johan johann ' +
    'johanna johannes john johnathan johnny jon jonas jonathan jordan jorge jose josé josef joseph josephine josh joshua joyce juan juanita judith judy ' +
    'julia julian juliana julie julien juliette julius justin jürgen kaitlyn kamil karen karin karl karla kate katharina katherine kathleen kathryn kathy ' +
    'katie katja katrin katrina kay kayla keith kelly kelsey ken kendra kenneth kerry kevin kim kimberly kirsten kirsty klaus krista kristen kristin kristina ' +
    'kristy krzysztof kumar kurt kyle lara larry lars laura lauren laurence laurent lawrence leah leanne lena leo leon leonard leonardo leslie lewis liam lillian ' +
    'linda lindsay lindsey lisa lisandro liz lloyd logan lois lori lorraine louis louise luc luca lucas lucia lucy luigi luis luisa lukas luke lynda lynn lynne maciej ' +
    'madison mads maggie malcolm manfred manuel manuela marc marcel marcella marcia marco marcos marcus margaret margarita maria maría marian marie mariana ' +
    'marina mario marion marissa marjorie markus marlene martha martin martina mary mateo mathew mathias mathieu matilda matteo matthew matthias maureen maurice ' +
    'max maximilian maxine megan mehmet melanie melinda melissa meredith mia micah michael michał michel michele michelle miguel mike mikael mila milan mindy miranda ' +
    'miriam mitchell mohamed mohammed molly mona monica monika monique morgan nadia nancy naomi natalia natalie natasha nathan nathaniel neha neil nicholas nick ' +
    'nicola nicolas nicole nigel nikhil nikola nils nina noah noel nora norma norman olga oliver olivia olivier omar oscar otto owen pablo paige pam pamela ' +
    'paola paolo pascal patricia patrick paul paula paulo pedro peggy penelope perry peter petra phil philip philipp philippe phillip phyllis pierre piotr ' +
    'priya rachel rafael rahul raj rajesh ralf ralph ramon randall randy raquel ravi raymond rebecca regina reginald renate renee ricardo riccardo richard rick rickey ricky ' +
    'rita rob robert roberta roberto robin rocío rodney rodrigo roger roland rolf román ron ronald ronnie rosa rosemary ross roxanne roy ruben rudolf rupert russell ' +
    'ruth ryan sabine sabrina sally salvatore sam samantha samuel sandra sandy sanjay santiago sara sarah sascha scott sean sebastian sébastien sergei sergio seth shane ' +
    'shannon sharon shaun shawn sheila shelley shelly sherri sherry sheryl shirley sian sidney sierra silke silvia simon simone sofia soledad sonia sonja sophia sophie ' +
    'stacey stacy stanley stefan stefanie stella stephanie stephen steve steven stuart sue sunil suresh susan susanne suzanne svetlana sven sylvia tamara tammy tanya tara ' +
    'tatiana taylor ted teresa terrance terri terry thea theodore theresa thierry thomas tiffany tim timothy tina tobias todd tom tommy toni tony tonya tracey traci tracy travis ' +
    'trevor tricia troy tyler ulrich ulrike urszula ursula uwe valentina valerie vanessa vera verena vernon veronica vicki vicky victor victoria vijay vincent vincenzo viola ' +
    'virginia vivian vladimir walter wanda warren wayne wendy werner wesley whitney wilhelm willem william willie wojciech wolfgang xavier yolanda yvonne zachary zoe zoé'
  ).split(' '),
);
